/// The source that docs/sources.md writes, against the site that it is written for.
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/fetch/curl_fetcher.hpp>
#include <filmoteka/testing/fake_site_server.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/pipeline/web_fixtures.hpp>
#include <scraper/core/run/source_run.hpp>

#include <map>

namespace filmoteka::scraper {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

struct Found final : RunOutput {
  std::map<std::string, domain::MovieFacts> films;
  std::map<std::string, int> reasons;

  Task<Result<void>> page(Page page) override {
    for (auto& film : page.films) films[film.source_id] = std::move(film);
    for (const auto& reject : page.rejects) ++reasons[reject.reasons.front().code];
    co_return Result<void>{};
  }
};

/// The first definition of the document, asking `base_url` without pauses.
SourceDefinition documented(const std::string& base_url) {
  std::stringstream text;
  text << std::ifstream(FILMOTEKA_SOURCE_DIR "/docs/sources.md").rdbuf();
  const std::string document = text.str();
  const std::string fence = "```yaml\n";
  const auto start = document.find(fence) + fence.size();
  std::string yaml = document.substr(start, document.find("```", start) - start);
  fixtures::replace_all(yaml, "http://127.0.0.1:9998", base_url);
  fixtures::replace_all(yaml, "delay: 2s", "delay: 0ms");
  return fixtures::definition(yaml);
}

Task<void> run_beside(testing::FakeSiteServer& site, Found& found, RunResult& result) {
  const auto executor = co_await asio::this_coro::executor;
  const auto definition = documented(site.base_url());
  fetch::PoliteSettings settings;
  settings.politeness = {0ms, 0, 0ms, 0ms, 0, 1ms, 1ms, 2ms};
  BlockingPool pool("run-test", 2);
  const auto fetcher = fetch::make_curl_fetcher({}, pool);
  fetch::PoliteFetcher polite(executor, *fetcher, SystemClock::instance(), settings, 1);
  TaskGroup serving(executor);
  serving.spawn(site.run());
  const std::atomic<bool> stop = false;
  RunRequest request;
  request.definition = &definition;
  const RunTools tools{polite, nullptr, pool, SystemClock::instance(), stop};
  auto running = run_source(tools, std::move(request), found);
  result = co_await std::move(running);
  site.stop();
  co_await serving.join();
}

TEST(DocumentedExample, brings_the_films_of_its_site) {
  Runtime runtime{1};
  telemetry::Metrics metrics;
  const telemetry::Logger log{telemetry::make_stderr_sink(), telemetry::LogLevel::kError, "test"};
  testing::FakeSiteSettings settings;
  settings.films = 60;
  const auto site = *testing::FakeSiteServer::make(runtime, 0, "kino", settings, log, metrics);
  Found found;
  RunResult result;
  runtime.run(run_beside(*site, found, result));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(found.films.size(), 59U);
  EXPECT_EQ(found.reasons["details_missing"], 1);
  const auto& film = found.films.at("16");
  EXPECT_EQ(film.title, "Солярис");
  EXPECT_EQ(film.year, 1972);
  EXPECT_EQ(film.age_rating, 12);
  EXPECT_EQ(film.genres.size(), 2U);
  EXPECT_THAT(film.description.value_or(""), HasSubstr("О чём «Солярис»"));
  EXPECT_EQ(film.source_url, site->base_url() + "/film/16.html");
  for (const auto& [id, one] : found.films) {
    EXPECT_TRUE(one.added_at && one.duration_seconds && one.image_url) << one.title;
    EXPECT_GT(one.views, 0) << one.title;
  }
}

}  // namespace
}  // namespace filmoteka::scraper
