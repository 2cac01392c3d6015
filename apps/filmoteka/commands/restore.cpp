#include <filmoteka/api/batch.hpp>
#include <filmoteka/commands/export_count.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/commands/restore.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/progress.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <string>
#include <utility>

namespace filmoteka::app {
namespace {

/// Whole lines, as many as one call may carry.
class Lines {
 public:
  explicit Lines(std::istream& in) : in_(in) {}

  /// Empty at the end.
  std::string next() {
    std::string batch;
    for (std::size_t lines = 0; lines < api::kMaxBatchRows;) {
      if (line_.empty() && !std::getline(in_, line_)) break;
      if (lines > 0 && batch.size() + line_.size() + 1 > api::kMaxBatchBytes) break;
      if (!line_.empty()) {
        (batch += line_) += '\n';
        ++lines;
      }
      line_.clear();
    }
    return batch;
  }

 private:
  std::istream& in_;
  std::string line_;  // read, but not given yet
};

/// What a problem says for people.
std::string said_by(const http::ClientResponse& answer) {
  boost::system::error_code not_json;
  const boost::json::value problem = boost::json::parse(answer.body, not_json);
  const auto* detail = problem.is_object() ? problem.get_object().if_contains("detail") : nullptr;
  if (detail == nullptr || !detail->is_string()) return "it answered " + std::to_string(answer.status) + ".";
  return std::string(detail->get_string().data(), detail->get_string().size());
}

/// `before`: what has been taken.
Error refused(const http::ClientResponse& answer, const ExportCount& before) {
  const std::string so_far = with_thousands(before.films()) + " films are in. ";
  const std::string said = said_by(answer);
  if (answer.status == 400 && before.lines() == 0) {
    return invalid_argument("This is no export: " + said +
                            " A file that is no export of a Filmoteka needs --source.");
  }
  if (answer.status == 400) {
    return invalid_argument(so_far + "What follows the first " + with_thousands(before.lines()) +
                            " lines was refused (counted from there): " + said);
  }
  if (answer.status == 409) {
    return Error{ErrorCode::kConflict, so_far + "The next ones were refused: " + said, {}, {}};
  }
  return unavailable(so_far + "Metadata did not take the next ones: " + said +
                     " Import it again when it can: what is in is left alone.");
}

Error not_sent(Error error, const ExportCount& before) {
  error.message = with_thousands(before.films()) + " films are in. " + error.message;
  return error;
}

std::string describe_restored(const ExportCount& restored) {
  return "restored " + with_thousands(restored.films()) +
         " films with their ids, sources, edits and views, " + with_thousands(restored.reviews()) +
         " reviews and " + with_thousands(restored.deletions()) + " deleted ids\n";
}

Task<int> send_all(std::istream& in, ServiceAddresses services) {
  const auto executor = co_await asio::this_coro::executor;
  auto client = make_client(executor, services.metadata);
  if (client.has_error()) co_return complain(client.error());
  Progress progress(std::cerr, isatty(STDERR_FILENO) != 0, SystemClock::instance());
  Lines lines(in);
  ExportCount restored;
  for (std::string batch = lines.next(); !batch.empty(); batch = lines.next()) {
    http::ClientRequest request;
    request.method = http::Method::kPost;
    request.target = "/internal/v1/movies:restore";
    request.headers.emplace_back("Content-Type", "application/x-ndjson");
    request.body = batch;
    auto sending = (*client)->send(std::move(request));
    const auto answer = co_await std::move(sending);
    if (answer.has_error() || answer->status != 200) {
      progress.clear();
      co_return complain(answer.has_error() ? not_sent(answer.error(), restored)
                                            : refused(*answer, restored));
    }
    restored.take(batch);
    progress.update({"restored", restored.films(), 0, {}});
  }
  progress.clear();
  std::cout << describe_restored(restored);
  if (!restored.is_whole()) {
    co_return complain(
        corrupt("The file ends before its export does: what was read is in, but the rest is missing."));
  }
  co_return 0;
}

}  // namespace

int run_restore(const Options& options, const std::string& file) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  std::ifstream opened;
  if (file != "-") {
    opened.open(file, std::ios::binary);
    if (!opened) return complain(not_found("The file " + file + " cannot be read."));
  }
  std::istream& in = file == "-" ? std::cin : opened;
  const auto process = make_command_process(settings, options);
  return with_services(*process, settings, Needs::kMetadata,
                       [&](ServiceAddresses services) { return send_all(in, std::move(services)); });
}

}  // namespace filmoteka::app
