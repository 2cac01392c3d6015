#include <filmoteka/testing/fake_rutube.hpp>
#include <filmoteka/testing/run.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <scraper/core/pipeline/web_fixtures.hpp>
#include <scraper/core/run/preview.hpp>
#include <scraper/core/run/source_run.hpp>

#include <functional>
#include <map>

namespace filmoteka::scraper {
namespace {

using testing::FakeRutube;
using testing::RutubeFault;
using namespace std::chrono_literals;

/// The simulated Rutube without a network between.
class RutubeFetcher final : public fetch::Fetcher {
 public:
  explicit RutubeFetcher(FakeRutube& rutube) : rutube_(rutube) {}
  std::function<void(const std::string& url)> on_request;
  std::vector<std::string> asked;

  Task<Result<fetch::FetchResponse>> get(fetch::FetchRequest request) override {
    asked.push_back(request.url);
    if (on_request) on_request(request.url);
    auto answer = rutube_.answer(std::string_view(request.url).substr(request.url.find('/', 8)));
    if (answer.cut) co_return unavailable("The connection broke.");
    fetch::FetchResponse response;
    response.status = answer.status;
    response.headers = std::move(answer.headers);
    response.received_bytes = answer.body.size();
    response.body = std::move(answer.body);
    response.url = request.url;
    co_return response;
  }

 private:
  FakeRutube& rutube_;
};

class Collected final : public RunOutput {
 public:
  std::map<std::string, domain::MovieFacts> films;
  std::map<std::string, std::uint64_t> reasons;
  std::uint64_t inactive = 0;  ///< hidden and deleted videos: metadata must hear of them, nobody sees them
  std::vector<std::string> positions;
  std::function<bool()> full;

  Task<Result<void>> page(Page page) override {
    for (auto& film : page.films) {
      if (!film.is_active) ++inactive;
      if (film.is_active) films[film.source_id] = std::move(film);
    }
    for (const auto& reject : page.rejects) ++reasons[reject.reasons.front().code];
    positions.push_back(page.resume);
    co_return Result<void>{};
  }
  bool is_full() const override { return full && full(); }
};

/// The shipped definition of Rutube's films, asked of the simulated one; `lists` are values of {list}.
std::string rutube_yaml(const std::string& path, const std::string& lists, const std::string& more = {}) {
  auto yaml =
      fixtures::shipped("rutube-films", {{"https://rutube.ru\nrequest", "http://rutube.test\nrequest"},
                                         {"/api/video/category/{list}/", path},
                                         {"lists: [4]", "lists: " + lists}});
  for (const auto* key :
       {"obey_robots: true\n", "politeness:\n  delay: 1500ms\n  max_pages: 50\n  max_films: 5000\n"})
    if (!more.empty() && more.starts_with(std::string_view(key).substr(0, 5)))
      fixtures::replace_all(yaml, key, more);
  return yaml;
}

class SourceRun : public ::testing::Test {
 public:
  SourceRun() : fetcher_(rutube_) {
    polite_.politeness = {0ms, 0, 0ms, 0ms, 0, 1ms, 1ms, 2ms};
    polite_.requests_set_delay = false;
  }

  static testing::FakeRutubeSettings fake_settings() {
    testing::FakeRutubeSettings settings;
    settings.base_url = "http://rutube.test";
    return settings;
  }

  Task<RunResult> go(const SourceDefinition& definition, RunRequest request, RunOutput& output) {
    BlockingPool pool("run-test", 1);
    fetch::PoliteFetcher polite(co_await asio::this_coro::executor, fetcher_, SystemClock::instance(),
                                polite_, 1);
    request.definition = &definition;
    const RunTools tools{polite, nullptr, pool, SystemClock::instance(), stop_};
    co_return co_await run_source(tools, std::move(request), output);
  }

  RunResult run(const std::string& yaml, RunRequest request = {}) {
    const auto definition = parse_source_definition(yaml, "test.yaml");
    EXPECT_TRUE(definition.has_value()) << describe(definition.error());
    return runner_.run([&] { return go(*definition, request, output_); });
  }

  Preview preview(const std::string& yaml, std::size_t items) {
    const auto definition = *parse_source_definition(yaml, "test.yaml");
    auto whole = [](SourceRun& test, const SourceDefinition& of, std::size_t count) -> Task<Preview> {
      BlockingPool pool("run-test", 1);
      fetch::PoliteFetcher polite(co_await asio::this_coro::executor, test.fetcher_, SystemClock::instance(),
                                  test.polite_, 1);
      RunRequest request;
      request.definition = &of;
      const RunTools tools{polite, nullptr, pool, SystemClock::instance(), test.stop_};
      co_return co_await preview_source(tools, std::move(request), count);
    };
    return runner_.run([&] { return whole(*this, definition, items); });
  }

  testing::Runner runner_;
  FakeRutube rutube_{fake_settings()};
  RutubeFetcher fetcher_;
  fetch::PoliteSettings polite_;
  std::atomic<bool> stop_ = false;
  Collected output_;
  const std::string category_ = rutube_yaml("/api/video/category/{list}/", "[4]");
};

TEST_F(SourceRun, BringsTheFilmsOfACategoryAndNothingElse) {
  const auto result = run(category_);
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), rutube_.films().size());
  for (const auto& film : rutube_.films()) {
    ASSERT_TRUE(output_.films.contains(film.id)) << film.title;
    const auto& facts = output_.films.at(film.id);
    EXPECT_EQ(facts.title, film.title);
    EXPECT_EQ(facts.year, film.year);
    EXPECT_EQ(facts.duration_seconds, film.duration_seconds);
    EXPECT_EQ(facts.views, film.hits);
  }
  EXPECT_EQ(output_.inactive, rutube_.inactive_videos());
  EXPECT_GT(result.counts.rejected, 25u);
  EXPECT_EQ(result.resume, "");
  const auto& seen = result.observations;
  EXPECT_TRUE(seen.full);
  EXPECT_EQ(seen.films, result.counts.films);
  EXPECT_EQ(seen.filled.at("title"), seen.films);
  EXPECT_GT(seen.filled.at("year"), seen.films / 2);
  EXPECT_EQ(seen.pages, output_.positions.size());
  EXPECT_EQ(fetcher_.asked.size(), 1 + output_.positions.size()) << "robots.txt and each page once";
}

TEST_F(SourceRun, WalksSeveralListsOneAfterTheOther) {
  const auto result = run(rutube_yaml("/api/video/{list}/", "[category/4, person/32869212]"));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), rutube_.films().size());
  EXPECT_TRUE(result.observations.full);
}

TEST_F(SourceRun, LeavesOutAListThatIsGone) {
  const auto result = run(rutube_yaml("/api/{list}/", "[nothing/1, video/category/4]"));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.films.size(), rutube_.films().size());
  EXPECT_FALSE(result.observations.full) << "who is not in it may be in the list that is gone";
  EXPECT_EQ(result.counts.warnings.at("list_missing"), 1u);
  EXPECT_EQ(run(rutube_yaml("/api/{list}/", "[nothing/1, nothing/2]")).end, EndReason::kDrifted);
}

TEST_F(SourceRun, GoesOnAtThePageWhereItWasInterrupted) {
  const auto deaf = [this] {
    return output_.positions.size() == 1;
  };
  output_.full = deaf;
  run(category_);
  const auto first = output_.films.size();
  ASSERT_EQ(output_.positions.size(), 1u);
  RunRequest rest;
  rest.resume = output_.positions.front();
  output_.full = {};
  fetcher_.asked.clear();
  EXPECT_EQ(run(category_, rest).end, EndReason::kComplete);
  EXPECT_GT(output_.films.size(), first);
  EXPECT_EQ(output_.films.size(), rutube_.films().size());
  EXPECT_NE(fetcher_.asked.at(1).find("page=2"), std::string::npos);
}

TEST_F(SourceRun, ShowsWhyItEnded) {
  struct Row {
    RutubeFault fault;
    EndReason end;
  };
  for (const auto& row :
       {Row{RutubeFault::kQrator, EndReason::kBlocked}, Row{RutubeFault::kForbidden, EndReason::kBlocked},
        Row{RutubeFault::kServerError, EndReason::kUnreachable},
        Row{RutubeFault::kCut, EndReason::kUnreachable}, Row{RutubeFault::kNotJson, EndReason::kDrifted},
        Row{RutubeFault::kDrifted, EndReason::kDrifted}}) {
    rutube_.set_faults({row.fault, 1, ~0ull, 0ms});
    output_ = {};
    const auto result = run(category_);
    EXPECT_EQ(result.end, row.end) << static_cast<int>(row.fault) << " " << result.message;
    EXPECT_FALSE(result.message.empty());
    EXPECT_FALSE(result.observations.full);
    const bool is_shown = row.end == EndReason::kBlocked || row.end == EndReason::kDrifted;
    ASSERT_EQ(result.observations.saved.has_value(), is_shown) << static_cast<int>(row.fault);
    if (is_shown) {
      EXPECT_FALSE(result.observations.saved->body.empty());
    }
    EXPECT_GT(output_.films.size(), 50u) << "the page before the fault counts";
    EXPECT_NE(result.resume, "");
  }
}

TEST_F(SourceRun, TriesAPassingFaultAgain) {
  rutube_.set_faults({RutubeFault::kServerError, 1, 2, 0ms});
  EXPECT_EQ(run(category_).end, EndReason::kComplete);
  EXPECT_EQ(output_.films.size(), rutube_.films().size());
}

TEST_F(SourceRun, ObeysRobotsUnlessTheOperatorDecidedOtherwise) {
  auto settings = fake_settings();
  settings.robots = "User-agent: *\nDisallow: /api/\n";
  rutube_ = FakeRutube(settings);
  EXPECT_EQ(run(category_).end, EndReason::kForbidden);
  EXPECT_TRUE(output_.films.empty());
  EXPECT_EQ(run(rutube_yaml("/api/video/category/{list}/", "[4]",
                            "obey_robots: false\nrobots_reason: an agreement\n"))
                .end,
            EndReason::kComplete);
  EXPECT_EQ(output_.films.size(), rutube_.films().size());
}

TEST_F(SourceRun, EndsAtItsLimits) {
  EXPECT_EQ(run(rutube_yaml("/api/video/category/{list}/", "[4]", "politeness:\n  max_pages: 1\n")).end,
            EndReason::kLimit);
  EXPECT_EQ(output_.positions.size(), 1u);
  output_ = {};
  EXPECT_EQ(run(rutube_yaml("/api/video/category/{list}/", "[4]", "politeness:\n  max_films: 7\n")).end,
            EndReason::kLimit);
  EXPECT_EQ(output_.films.size(), 7u);
}

TEST_F(SourceRun, StopsBetweenPages) {
  fetcher_.on_request = [this](const std::string& url) {
    stop_ = url.find("page=2") != std::string::npos;
  };
  const auto result = run(category_);
  EXPECT_EQ(result.end, EndReason::kCancelled);
  EXPECT_LT(output_.films.size(), rutube_.films().size());
}

TEST_F(SourceRun, PreviewsWhatARunDoes) {
  const auto shown = preview(category_, 30);
  ASSERT_EQ(shown.items.size(), 30u);
  run(category_);
  std::size_t films = 0;
  for (const auto& item : shown.items) {
    EXPECT_NE(item.film.has_value(), item.reject.has_value());
    ASSERT_TRUE(item.film || item.reject);
    if (!item.film) continue;
    ++films;
    if (!item.film->is_active) continue;
    EXPECT_EQ(*item.film, output_.films.at(item.film->source_id));
    ASSERT_TRUE(item.steps.has_value());
    EXPECT_TRUE(item.steps->record.is_object());
    EXPECT_FALSE(item.steps->traces.empty());
  }
  EXPECT_GT(films, 15u);
  ASSERT_EQ(shown.requests.size(), 1u) << "one page is enough";
  EXPECT_EQ(shown.requests[0].status, 200);
  EXPECT_GT(shown.requests[0].bytes, 1'000u);
}

TEST_F(SourceRun, ReadsAFileToItsEndAndKeepsWhatWasBeforeAFault) {
  testing::TemporaryFolder folder;
  const std::string yaml =
      "name: f\ntitle: F\nkind: file\nfile:\n  format: json\n  fields:\n    source_id: id\n    title: name\n";
  std::string rows;
  for (int i = 0; i < 1'200; ++i)
    rows += (i == 0 ? "" : ",") + std::string(R"({"id":")") + std::to_string(i) + R"(","name":"Фильм"})";
  RunRequest request;
  request.file = folder.write("films.json", "[" + rows + "]");
  EXPECT_EQ(run(yaml, request).end, EndReason::kComplete);
  EXPECT_EQ(output_.films.size(), 1'200u);
  output_ = {};
  request.file = folder.write("films.json", "[" + rows);
  EXPECT_EQ(run(yaml, request).end, EndReason::kFaulty);
  EXPECT_GE(output_.films.size(), 1'199u) << "only the last row may be in doubt";
  request.file = folder / "nothing";
  EXPECT_EQ(run(yaml, request).end, EndReason::kFaulty);
  request.file.clear();
  EXPECT_EQ(run(yaml, request).end, EndReason::kFaulty);
}

}  // namespace
}  // namespace filmoteka::scraper
