#include <filmoteka/api/batch.hpp>
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

// Whole lines, as many as one call may carry.
struct Batch {
  std::string lines;
  std::int64_t films = 0;
};

class Lines {
 public:
  explicit Lines(std::istream& in) : in_(in) {}

  Batch next() {
    Batch batch;
    while (batch.films < static_cast<std::int64_t>(api::kMaxBatchRows)) {
      if (line_.empty() && !std::getline(in_, line_)) break;
      if (batch.films > 0 && batch.lines.size() + line_.size() + 1 > api::kMaxBatchBytes) break;
      if (!line_.empty()) {
        (batch.lines += line_) += '\n';
        ++batch.films;
      }
      line_.clear();
    }
    return batch;
  }

 private:
  std::istream& in_;
  std::string line_;  // read, but not given yet
};

Error refused(const http::ClientResponse& answer, std::int64_t before) {
  boost::system::error_code not_json;
  const boost::json::value problem = boost::json::parse(answer.body, not_json);
  const auto* detail = problem.is_object() ? problem.get_object().if_contains("detail") : nullptr;
  const std::string said = detail != nullptr && detail->is_string()
                               ? std::string(detail->get_string().data(), detail->get_string().size())
                               : "it answered " + std::to_string(answer.status);
  return Error{ErrorCode::kConflict,
               with_thousands(before) + " films are in; the next ones were refused: " + said +
                   " A file that is no export of a Filmoteka needs --source.",
               {},
               {}};
}

Task<int> send_all(std::istream& in, ServiceUrls urls) {
  auto client = http::Client::make(co_await asio::this_coro::executor, urls.metadata);
  if (client.has_error()) co_return complain(client.error());
  Progress progress(std::cerr, isatty(STDERR_FILENO) != 0, SystemClock::instance());
  Lines lines(in);
  std::int64_t films = 0;
  for (Batch batch = lines.next(); batch.films > 0; batch = lines.next()) {
    http::ClientRequest request;
    request.method = http::Method::kPost;
    request.target = "/internal/v1/movies:restore";
    request.headers.emplace_back("Content-Type", "application/x-ndjson");
    request.body = std::move(batch.lines);
    auto sending = (*client)->send(std::move(request));
    const auto answer = co_await std::move(sending);
    if (answer.has_error() || answer->status != 200) {
      progress.clear();
      co_return complain(answer.has_error() ? answer.error() : refused(*answer, films));
    }
    films += batch.films;
    progress.update({"restored", films, 0, {}});
  }
  progress.clear();
  std::cout << "restored " << with_thousands(films) << " films with their ids, sources, edits and views\n";
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
                       [&](ServiceUrls urls) { return send_all(in, std::move(urls)); });
}

}  // namespace filmoteka::app
