/// Every shipped source end to end: real sockets and the real fetcher, the sites simulated.
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/fetch/curl_fetcher.hpp>
#include <filmoteka/testing/fake_rutube_server.hpp>
#include <filmoteka/testing/fake_site_server.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/pipeline/web_fixtures.hpp>
#include <scraper/core/run/source_run.hpp>

#include <map>

namespace filmoteka::scraper {
namespace {

using fixtures::shipped;
using ::testing::ElementsAre;
using testing::FakeRutubeServer;
using testing::FakeSiteServer;
using ::testing::HasSubstr;
using ::testing::Pair;
using testing::SiteFault;
using namespace std::chrono_literals;

class Films final : public RunOutput {
 public:
  std::map<std::string, domain::MovieFacts> films;
  std::map<std::string, std::uint64_t> reasons;
  std::vector<UrlValidators> kept;
  std::string first_reject;

  Task<Result<void>> page(Page page) override {
    for (auto& film : page.films)
      if (film.is_active) films[film.source_id] = std::move(film);
    for (const auto& reject : page.rejects) {
      ++reasons[reject.reasons.front().code];
      if (first_reject.empty()) first_reject = reject.reasons.front().detail;
    }
    for (auto& one : page.validators) kept.push_back(std::move(one));
    co_return Result<void>{};
  }
  Task<Result<std::optional<UrlValidators>>> validators(std::string url) override {
    for (const auto& one : kept)
      if (one.url == url) co_return one;
    co_return std::nullopt;
  }
};

class ShippedSources : public ::testing::Test {
 public:
  ShippedSources() {
    polite_.politeness = {0ms, 0, 0ms, 0ms, 0, 1ms, 1ms, 2ms};
    polite_.requests_set_delay = false;
  }

  std::string serve(std::string_view site, std::size_t films = 60) {
    testing::FakeSiteSettings settings;
    settings.films = films;
    auto& runtime = *runtimes_.emplace_back(std::make_unique<Runtime>(1));
    site_ = *FakeSiteServer::make(runtime, 0, site, settings, log_, metrics_);
    return site_->base_url();
  }

  std::string serve_rutube(std::size_t films = 60) {
    testing::FakeRutubeSettings settings;
    settings.films = films;
    auto& runtime = *runtimes_.emplace_back(std::make_unique<Runtime>(1));
    rutube_ = *FakeRutubeServer::make(runtime, 0, settings, log_, metrics_);
    return rutube_->base_url();
  }

  /// `yaml` with leave to ask a server of one's own. Once for each server.
  RunResult run(const std::string& yaml, RunRequest request = {}) {
    auto definition = fixtures::definition(yaml);
    std::get<WebSource>(definition.kind).allow_private_addresses = true;
    RunResult result;
    runtimes_.back()->run(whole(*this, definition, std::move(request), result));
    return result;
  }

  static Task<void> whole(ShippedSources& test, const SourceDefinition& definition, RunRequest request,
                          RunResult& result) {
    const auto executor = co_await asio::this_coro::executor;
    BlockingPool pool("run-test", 2);
    const auto fetcher = fetch::make_curl_fetcher({}, pool);
    fetch::PoliteFetcher polite(executor, *fetcher, SystemClock::instance(), test.polite_, 1);
    TaskGroup serving(executor);
    if (test.site_) serving.spawn(test.site_->run());
    if (test.rutube_) serving.spawn(test.rutube_->run());
    request.definition = &definition;
    const RunTools tools{polite, nullptr, pool, SystemClock::instance(), test.stop_};
    auto running = run_source(tools, std::move(request), test.output_);
    result = co_await std::move(running);
    if (test.site_) test.site_->stop();
    if (test.rutube_) test.rutube_->stop();
    co_await serving.join();
  }

  std::vector<std::unique_ptr<Runtime>> runtimes_;  ///< one for each server; the last one serves
  telemetry::Metrics metrics_;
  telemetry::Logger log_{telemetry::make_stderr_sink(), telemetry::LogLevel::kError, "test"};
  std::unique_ptr<FakeSiteServer> site_;
  std::unique_ptr<FakeRutubeServer> rutube_;
  fetch::PoliteSettings polite_;
  std::atomic<bool> stop_ = false;
  Films output_;
};

TEST_F(ShippedSources, RutubeFilms) {
  const auto url = serve_rutube();
  const auto result = run(shipped("rutube-films", {{"base_url: https://rutube.ru", "base_url: " + url}}));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), 60u);
  EXPECT_TRUE(result.observations.full);
}

TEST_F(ShippedSources, RutubeChannels) {
  const auto url = serve_rutube(200);
  const auto result = run(shipped("rutube-channels", {{"base_url: https://rutube.ru", "base_url: " + url}}));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), 40u);
}

TEST_F(ShippedSources, RutubeFilmListsWithTheirVideos) {
  const auto url = serve_rutube(100);
  const auto result =
      run(shipped("rutube-film-lists", {{"base_url: https://rutube.ru", "base_url: " + url}}));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), 25u) << output_.first_reject;
  for (const auto& [id, film] : output_.films) {
    EXPECT_GT(film.duration_seconds.value_or(0), 4'000) << film.title;
    EXPECT_TRUE(film.year.has_value()) << film.title;
  }
  EXPECT_GT(output_.reasons["series"], 0u);
}

TEST_F(ShippedSources, RutubeRss) {
  const auto url = serve_rutube(100);
  const auto result = run(shipped("rutube-rss", {{"base_url: https://rutube.ru", "base_url: " + url}}));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), 20u) << output_.first_reject;
  for (const auto& [id, film] : output_.films) {
    EXPECT_EQ(id.size(), 32u);
    EXPECT_TRUE(film.duration_seconds.has_value());
    EXPECT_TRUE(film.added_at.has_value());
  }
}

TEST_F(ShippedSources, InternetArchive) {
  const auto url = serve("archive");
  const auto yaml = shipped("internet-archive", {{"base_url: https://archive.org", "base_url: " + url}});
  const auto result = run(yaml);
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), 60u) << output_.first_reject;
  EXPECT_EQ(result.observations.pages, 3u);
  EXPECT_GT(result.observations.filled.at("year"), 50u);
  EXPECT_EQ(result.observations.filled.at("description"), 60u);
  EXPECT_EQ(output_.films.at("film-0").source_url, "https://archive.org/details/film-0");
}

TEST_F(ShippedSources, WikidataWithSummariesOfWikipedia) {
  const auto url = serve("wikidata", 40);
  const auto result = run(shipped("wikidata", {{"base_url: https://query.wikidata.org", "base_url: " + url},
                                               {"https://ru.wikipedia.org/api", url + "/api"},
                                               {"{from: 2026, to: 1920}", "{from: 1990, to: 1920}"}}));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  ASSERT_GT(output_.films.size(), 20u) << output_.first_reject;
  const auto& film = output_.films.at("Q100010");
  EXPECT_EQ(film.title, "Я шагаю по Москве");
  EXPECT_EQ(film.year, 1963);
  EXPECT_THAT(film.description.value_or(""), HasSubstr("1963"));
  EXPECT_EQ(film.original_title, "Film number 10");
  ASSERT_EQ(film.ids.size(), 4u);
  EXPECT_EQ(film.ids[0].value, "tt1000010");
  EXPECT_FALSE(output_.films.at("Q100013").description.has_value()) << "has no article";
}

TEST_F(ShippedSources, SchemaOrgByItsSitemap) {
  const auto url = serve("kino");
  const auto result =
      run(shipped("schema-org", {{"base_url: https://films.example.org", "base_url: " + url}}));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), 60u) << output_.first_reject;
  const auto& film = output_.films.at("movie/16");
  EXPECT_EQ(film.title, "Солярис");
  EXPECT_EQ(film.year, 1972);
  EXPECT_EQ(film.rating, 75);
  EXPECT_TRUE(film.duration_seconds.has_value());
  EXPECT_TRUE(film.thumbnail_url.has_value());
  EXPECT_EQ(result.observations.pages, 4u) << "the index and three sitemaps";
}

const std::string kKino = R"(
name: kino
title: A site in windows-1251
kind: html
base_url: BASE
request: /films/
paging: {next: {css: a.next, attribute: href}}
items: .film
fields:
  title: .title
  source_id: {css: .title, attribute: href, filters: [{regexp: '/film/(\d+)'}]}
  source_url: {css: .title, attribute: href, filters: [resolve_url]}
  year: .year
  views: {css: .views b, filters: [count]}
  added_at:
    - {css: .added, filters: [timeago]}
    - .added
details:
  request: "{$item.source_url}"
  fields:
    image_url: {css: .poster, attribute: src, filters: [resolve_url]}
    duration: .time
    genres: {css: .genres a, all: true}
    age_rating: .age
    description: .about
)";

TEST_F(ShippedSources, AMadeUpSiteInWindows1251) {
  const auto url = serve("kino");
  auto yaml = kKino;
  fixtures::replace_all(yaml, "BASE", url);
  const auto result = run(yaml);
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), 59u) << output_.first_reject;
  EXPECT_EQ(output_.reasons["details_missing"], 1u);
  const auto& film = output_.films.at("16");
  EXPECT_EQ(film.title, "Солярис");
  EXPECT_EQ(film.year, 1972);
  EXPECT_THAT(film.description.value_or(""), HasSubstr("О чём «Солярис»"));
  EXPECT_EQ(film.age_rating, 12);
  EXPECT_EQ(film.genres.size(), 2u);
  const auto& seen = result.observations;
  EXPECT_EQ(seen.filled.at("added_at"), seen.films);
  EXPECT_EQ(seen.filled.at("duration"), seen.films);
  EXPECT_EQ(seen.filled.at("views"), seen.films);
}

TEST_F(ShippedSources, AFeedThatHasNotChanged) {
  const auto url = serve("kino");
  const auto yaml = "name: kino-rss\ntitle: K\nkind: feed\nbase_url: " + url +
                    "\nrequest: /rss.xml\ntitles: upload\n"
                    "fields: {title: title, source_id: id, duration: media.duration, added_at: published}\n";
  EXPECT_TRUE(run(yaml).observations.full);
  EXPECT_EQ(output_.films.size(), 20u);
  ASSERT_EQ(output_.kept.size(), 1u);
  const auto kept = output_.kept;
  output_ = {};
  output_.kept = kept;
  serve("kino");
  // The server has another port now.
  output_.kept[0].url = site_->base_url() + "/rss.xml";
  auto moved = yaml;
  fixtures::replace_all(moved, url, site_->base_url());
  const auto again = run(moved);
  EXPECT_EQ(again.end, EndReason::kComplete) << again.message;
  EXPECT_THAT(again.counts.warnings, ElementsAre(Pair("not_modified", 1u)));
  EXPECT_EQ(again.errors, 0u);
  EXPECT_TRUE(output_.films.empty());
}

TEST_F(ShippedSources, SayWhatWentWrong) {
  struct Row {
    SiteFault fault;
    EndReason end;
  };
  for (const auto& row :
       {Row{SiteFault::kBlockPage, EndReason::kBlocked}, Row{SiteFault::kForbidden, EndReason::kBlocked},
        Row{SiteFault::kServerError, EndReason::kUnreachable}, Row{SiteFault::kCut, EndReason::kUnreachable},
        Row{SiteFault::kCutOff, EndReason::kDrifted}, Row{SiteFault::kDrifted, EndReason::kDrifted}}) {
    const auto url = serve("archive");
    site_->with([&row](testing::FaultySite& site) { site.set_faults({row.fault, 1, ~0ull, 0ms}); });
    output_ = {};
    const auto result =
        run(shipped("internet-archive", {{"base_url: https://archive.org", "base_url: " + url}}));
    EXPECT_EQ(result.end, row.end) << static_cast<int>(row.fault) << " " << result.message;
    EXPECT_EQ(output_.films.size(), 25u) << "the page before the fault counts";
    EXPECT_NE(result.resume, "");
  }
}

}  // namespace
}  // namespace filmoteka::scraper
