#include <filmoteka/async/event.hpp>
#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/commands/source_report.hpp>
#include <filmoteka/http/query.hpp>
#include <filmoteka/json_client.hpp>
#include <filmoteka/progress.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <unistd.h>

#include <iostream>
#include <utility>

namespace filmoteka::app {
namespace {

constexpr std::chrono::milliseconds kPollInterval{200};

std::string path_of(std::string_view source, std::string_view call) {
  return "/internal/v1/sources/" + http::encode_component(source) + std::string(call);
}

Task<int> list(ServiceUrls urls) {
  const auto executor = co_await asio::this_coro::executor;
  auto scraper = JsonClient::make(executor, urls.scraper);
  if (scraper.has_error()) co_return complain(scraper.error());
  auto asking = scraper->get("/internal/v1/sources");
  const auto answer = co_await std::move(asking);
  if (answer.has_error()) co_return complain(answer.error());
  std::cout << describe_sources(answer->at("items").as_array());
  co_return 0;
}

/// Shows a run's progress until metadata has answered for all of its films.
Task<Result<boost::json::object>> follow(JsonClient& scraper, std::int64_t run) {
  Progress progress(std::cerr, isatty(STDERR_FILENO) != 0, SystemClock::instance());
  for (;;) {
    auto asking = scraper.get("/internal/v1/runs/" + std::to_string(run));
    auto answer = co_await std::move(asking);
    if (answer.has_error() || text_of(*answer, "state") == "done") {
      progress.clear();
      co_return answer;
    }
    progress.update({"found", number_of(*answer, "films"), number_of(*answer, "rejected"), {}});
    auto pause = sleep_for(kPollInterval);
    co_await std::move(pause);
  }
}

Task<int> run_source(const std::string& name, ServiceUrls urls) {
  const auto executor = co_await asio::this_coro::executor;
  auto scraper = JsonClient::make(executor, urls.scraper);
  if (scraper.has_error()) co_return complain(scraper.error());
  auto starting = scraper->post(path_of(name, "/run"));
  const auto started = co_await std::move(starting);
  if (started.has_error()) co_return complain(started.error());
  auto following = follow(*scraper, number_of(*started, "run"));
  const auto run = co_await std::move(following);
  if (run.has_error()) co_return complain(run.error());
  std::cout << describe_run(*run);
  const std::string end = text_of(*run, "end_reason");
  co_return end == "complete" || end == "limit" ? 0 : 1;
}

Task<int> preview(const std::string& name, ServiceUrls urls) {
  const auto executor = co_await asio::this_coro::executor;
  auto scraper = JsonClient::make(executor, urls.scraper);
  if (scraper.has_error()) co_return complain(scraper.error());
  auto asking = scraper->post(path_of(name, "/preview"));
  const auto answer = co_await std::move(asking);
  if (answer.has_error()) co_return complain(answer.error());
  std::cout << describe_preview(*answer);
  co_return 0;
}

int beside_scraper(const Options& options, const std::function<Task<int>(ServiceUrls)>& work) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  const auto process = make_command_process(settings, options);
  return with_services(*process, settings, Needs::kMetadataAndScraper, work);
}

}  // namespace

int run_sources_list(const Options& options) {
  return beside_scraper(options, list);
}

int run_sources_run(const Options& options, const std::string& name) {
  return beside_scraper(options, [&](ServiceUrls urls) { return run_source(name, std::move(urls)); });
}

int run_sources_preview(const Options& options, const std::string& name) {
  return beside_scraper(options, [&](ServiceUrls urls) { return preview(name, std::move(urls)); });
}

}  // namespace filmoteka::app
