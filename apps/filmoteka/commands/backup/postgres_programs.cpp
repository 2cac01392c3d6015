#include <filmoteka/base/strings.hpp>
#include <filmoteka/commands/backup/postgres_programs.hpp>

#include <filesystem>
#include <utility>

namespace filmoteka::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolderOfVersions = "/usr/lib/postgresql";

/// The name alone where there is no such folder.
std::string newest(const std::string& name) {
  std::string found = name;
  int found_version = 0;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(kFolderOfVersions, error)) {
    const int version = parse_number<int>(entry.path().filename().string()).value_or(0);
    const fs::path program = entry.path() / "bin" / name;
    if (version <= found_version || !fs::exists(program, error)) continue;
    found = program.string();
    found_version = version;
  }
  return found;
}

}  // namespace

Result<ChildProcess> start_postgres_program(const std::string& name, ChildCommand command) {
  command.arguments.insert(command.arguments.begin(), newest(name));
  Result<ChildProcess> started = ChildProcess::start(command);
  if (started.has_error() && started.error().code == ErrorCode::kNotFound) {
    return not_found("There is no program " + name +
                     ": install the package postgresql-client, in the version of the server or a newer one.");
  }
  return started;
}

}  // namespace filmoteka::app
