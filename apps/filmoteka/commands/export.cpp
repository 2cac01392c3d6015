#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/export_count.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/progress.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>

namespace filmoteka::app {
namespace {

Task<int> write_all(std::ostream& out, ServiceAddresses services) {
  const auto executor = co_await asio::this_coro::executor;
  auto client = make_client(executor, services.metadata);
  if (client.has_error()) co_return complain(client.error());
  Progress progress(std::cerr, isatty(STDERR_FILENO) != 0, SystemClock::instance());
  ExportCount count;
  http::ClientRequest request;
  request.target = "/internal/v1/export";
  request.on_body = [&](std::string_view piece) {
    out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    count.take(piece);
    progress.update({"exported", count.films(), 0, {}});
  };
  auto sending = (*client)->send(std::move(request));
  const auto answer = co_await std::move(sending);
  progress.clear();
  if (answer.has_error()) co_return complain(answer.error());
  if (answer->status != 200) {
    co_return complain(
        unavailable("Metadata answered " + std::to_string(answer->status) + ": " + answer->body));
  }
  if (!out.flush()) co_return complain(unavailable("The output could not be written: is the disk full?"));
  if (!count.is_whole()) co_return complain(corrupt("The export broke off in the middle: try again."));
  std::cerr << "exported " << with_thousands(count.films()) << " films\n";
  co_return 0;
}

/// Writes into a file beside the target and renames it when it is whole: no half export is ever found.
int export_to(const std::filesystem::path& target, const std::function<int(std::ostream&)>& write) {
  const std::filesystem::path partial = target.string() + ".part";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  if (!file) return complain(unavailable("The file " + partial.string() + " cannot be written."));
  const int exit_code = write(file);
  file.close();
  std::error_code error;
  if (exit_code == 0) {
    std::filesystem::rename(partial, target, error);
  } else {
    std::filesystem::remove(partial);
  }
  if (error)
    return complain(unavailable("The file " + target.string() + " cannot be written: " + error.message()));
  return exit_code;
}

}  // namespace

int run_export(const Options& options, const ExportCommand& command) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  const auto process = make_command_process(settings, options);
  const auto write = [&](std::ostream& out) {
    return with_services(*process, settings, Needs::kMetadata,
                         [&](ServiceAddresses services) { return write_all(out, std::move(services)); });
  };
  return command.output ? export_to(*command.output, write) : write(std::cout);
}

}  // namespace filmoteka::app
