#include <gateway/adapters/site_folder.hpp>

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace filmoteka::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxBytes = 256ULL * 1024 * 1024;

bool is_hidden(const fs::path& name) {
  return name.string().starts_with('.');
}

Error unreadable(const fs::path& path, const std::string& why) {
  return unavailable("The web app's folder cannot be read.", path.string() + ": " + why);
}

Result<SiteFile> read_file(const fs::path& path, const fs::path& folder) {
  std::ifstream in(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof()) return unreadable(path, "cannot be read");
  return SiteFile{"/" + path.lexically_relative(folder).generic_string(), std::move(content)};
}

}  // namespace

Result<std::vector<SiteFile>> read_site(const fs::path& folder) {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  if (error) return unreadable(folder, error.message());
  std::vector<SiteFile> files;
  std::uintmax_t bytes = 0;
  for (const auto end = fs::recursive_directory_iterator(); entry != end; entry.increment(error)) {
    if (error) return unreadable(folder, error.message());
    if (is_hidden(entry->path().filename())) {
      entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_symlink(error) || !entry->is_regular_file(error)) continue;
    bytes += entry->file_size(error);
    if (bytes > kMaxBytes) return unreadable(folder, "holds more than 256 MiB: is it the right folder?");
    FILMOTEKA_TRY(SiteFile file, read_file(entry->path(), folder));
    files.push_back(std::move(file));
  }
  return files;
}

fs::path find_site(const fs::path& program) {
  std::error_code error;
  // The program is PREFIX/bin/NAME when installed, CHECKOUT/build/PRESET/bin/NAME when built.
  const fs::path folder = fs::weakly_canonical(program, error).parent_path();
  for (const char* place : {"../share/filmoteka/web", "../../../web/dist"}) {
    const fs::path candidate = (folder / place).lexically_normal();
    if (fs::is_regular_file(candidate / "index.html", error)) return candidate;
  }
  return {};
}

}  // namespace filmoteka::gateway
