#include <filmoteka/async/task_group.hpp>
#include <filmoteka/fetch/polite_fetcher.hpp>
#include <filmoteka/testing/run.hpp>

#include <gtest/gtest.h>

#include <deque>
#include <map>

namespace filmoteka::fetch {
namespace {

using namespace std::chrono_literals;

/// Answers from a script, by URL; the last answer of a URL is repeated.
class ScriptedFetcher final : public Fetcher {
 public:
  std::map<std::string, std::deque<Result<FetchResponse>>> script;
  std::vector<std::string> asked;
  HeaderList last_headers;
  int under_way = 0;
  int most_under_way = 0;

  Task<Result<FetchResponse>> get(FetchRequest request) override {
    most_under_way = std::max(most_under_way, ++under_way);
    co_await sleep_for(1ms);
    --under_way;
    asked.push_back(request.url);
    last_headers = request.headers;
    auto& answers = script[request.url];
    if (answers.empty()) co_return response(404, "");
    auto answer = answers.front();
    if (answers.size() > 1) answers.pop_front();
    if (answer.has_value()) answer->url = request.url;
    co_return answer;
  }

  static FetchResponse response(int status, std::string body, HeaderList headers = {}) {
    FetchResponse made;
    made.status = status;
    made.body = std::move(body);
    made.headers = std::move(headers);
    return made;
  }
};

/// Somebody else's word about turns, from a script; what was taken and given back.
class ScriptedTurns final : public SharedTurns {
 public:
  std::deque<Result<std::chrono::milliseconds>> script;  ///< empty: the turn is free
  int takes = 0;
  int held = 0;
  std::vector<std::chrono::milliseconds> rests;

  Task<Result<std::chrono::milliseconds>> take(std::string) override {
    ++takes;
    Result<std::chrono::milliseconds> answer = 0ms;
    if (!script.empty()) {
      answer = script.front();
      script.pop_front();
    }
    if (answer.has_value() && *answer == 0ms) ++held;
    co_return answer;
  }
  Task<Result<void>> give_back(std::string, std::chrono::milliseconds rest) override {
    --held;
    rests.push_back(rest);
    co_return Result<void>{};
  }
};

class PoliteFetching : public ::testing::Test {
 public:
  PoliteFetching() {
    settings_.politeness.min_delay = 0ms;
    settings_.politeness.latency_factor = 0;
    settings_.politeness.first_backoff = 1ms;
    settings_.politeness.jitter = 0;
  }

  PoliteAnswer get(const std::string& url, bool obey = true) {
    return runner_.run([&]() -> Task<PoliteAnswer> { return get_here(url, obey); });
  }

  Task<PoliteAnswer> get_here(std::string url, bool obey) {
    const Executor executor = co_await asio::this_coro::executor;
    PoliteFetcher polite(executor, fetcher_, SystemClock::instance(), settings_, 1, {}, turns_);
    PoliteRequest request;
    request.fetch.url = std::move(url);
    request.expected = Expected::kJson;
    request.obey_robots = obey;
    co_return co_await polite.get(std::move(request));
  }

  Task<std::size_t> get_many() {
    const Executor executor = co_await asio::this_coro::executor;
    PoliteFetcher polite(executor, fetcher_, SystemClock::instance(), settings_, 1);
    std::size_t good = 0;
    TaskGroup group(executor);
    for (const auto* host : {"http://a/", "http://a/", "http://a/", "http://b/"})
      group.spawn(one(polite, host, good));
    co_await group.join();
    co_return good;
  }

  static Task<void> one(PoliteFetcher& polite, std::string url, std::size_t& good) {
    PoliteRequest request;
    request.fetch.url = std::move(url);
    const auto answer = co_await polite.get(std::move(request));
    if (answer.verdict == Verdict::kOk) ++good;
  }

  testing::Runner runner_;
  ScriptedFetcher fetcher_;
  SharedTurns* turns_ = nullptr;
  PoliteSettings settings_;
};

TEST_F(PoliteFetching, AsksRobotsFirstAndObeys) {
  fetcher_.script["http://a/robots.txt"] = {
      ScriptedFetcher::response(200, "User-agent: filmoteka\nDisallow: /private\n")};
  fetcher_.script["http://a/private"] = {ScriptedFetcher::response(200, "{}")};
  const auto answer = get("http://a/private");
  EXPECT_EQ(answer.verdict, Verdict::kForbidden);
  EXPECT_NE(answer.message.find("/private"), std::string::npos);
  EXPECT_EQ(fetcher_.asked, std::vector<std::string>{"http://a/robots.txt"});
}

TEST_F(PoliteFetching, TakesATurnAmongAllProcessesForEachRequestAndGivesItBack) {
  ScriptedTurns turns;
  turns_ = &turns;
  turns.script = {5ms, 0ms, 0ms};
  settings_.politeness.min_delay = 20ms;
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(200, "{}")};
  EXPECT_EQ(get("http://a/x").verdict, Verdict::kOk);
  EXPECT_EQ(turns.takes, 3) << "somebody had it once; robots.txt and the page are a request each";
  EXPECT_EQ(turns.held, 0);
  ASSERT_EQ(turns.rests.size(), 2u);
  EXPECT_GE(turns.rests.back(), 15ms);
  EXPECT_LE(turns.rests.back(), 20ms);
  fetcher_.script["http://a/robots.txt"] = {ScriptedFetcher::response(200, "User-agent: *\nDisallow: /\n")};
  EXPECT_EQ(get("http://a/x").verdict, Verdict::kForbidden);
  EXPECT_EQ(turns.held, 0);
}

TEST_F(PoliteFetching, KeepsItsOwnPausesWhileProcessesCannotAgree) {
  ScriptedTurns turns;
  turns_ = &turns;
  turns.script = {unavailable("no database"), unavailable("no database")};
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(200, "{}")};
  EXPECT_EQ(get("http://a/x").verdict, Verdict::kOk);
  EXPECT_TRUE(turns.rests.empty());
}

TEST_F(PoliteFetching, DoesNotWaitForAHostThatRestsLong) {
  ScriptedTurns turns;
  turns_ = &turns;
  turns.script = {15min};
  const auto answer = get("http://a/x");
  EXPECT_EQ(answer.verdict, Verdict::kRateLimited);
  EXPECT_EQ(answer.retry_after, 15min);
  EXPECT_TRUE(fetcher_.asked.empty());
}

TEST_F(PoliteFetching, GoesPastRobotsOnlyWhenTold) {
  fetcher_.script["http://a/robots.txt"] = {ScriptedFetcher::response(200, "User-agent: *\nDisallow: /\n")};
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(200, "{}")};
  EXPECT_EQ(get("http://a/x", false).verdict, Verdict::kOk);
  EXPECT_EQ(fetcher_.asked, std::vector<std::string>{"http://a/x"});
}

TEST_F(PoliteFetching, TakesAMissingOrGuardedRobotsAsPermission) {
  for (const int status : {404, 403, 410}) {
    fetcher_.script["http://a/robots.txt"] = {ScriptedFetcher::response(status, "<html>")};
    fetcher_.script["http://a/x"] = {ScriptedFetcher::response(200, "{}")};
    EXPECT_EQ(get("http://a/x").verdict, Verdict::kOk) << status;
  }
}

TEST_F(PoliteFetching, AsksNothingWhileRobotsCannotBeRead) {
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(200, "{}")};
  fetcher_.script["http://a/robots.txt"] = {ScriptedFetcher::response(500, "")};
  EXPECT_EQ(get("http://a/x").verdict, Verdict::kServerError);
  fetcher_.script["http://a/robots.txt"] = {unavailable("no route")};
  const auto answer = get("http://a/x");
  EXPECT_EQ(answer.verdict, Verdict::kUnreachable);
  EXPECT_NE(answer.message.find("robots.txt"), std::string::npos);
  for (const auto& url : fetcher_.asked) EXPECT_EQ(url, "http://a/robots.txt");
}

TEST_F(PoliteFetching, GoesByTheLastGoodRobotsWhileTheyCannotBeRead) {
  settings_.robots_lifetime = 0ms;
  settings_.robots_retry = 0ms;
  fetcher_.script["http://a/robots.txt"] = {ScriptedFetcher::response(200, "User-agent: *\nDisallow: /no"),
                                            ScriptedFetcher::response(503, "")};
  fetcher_.script["http://a/yes"] = {ScriptedFetcher::response(200, "{}")};
  auto story = [](PoliteFetching& test) -> Task<std::vector<Verdict>> {
    PoliteFetcher polite(co_await asio::this_coro::executor, test.fetcher_, SystemClock::instance(),
                         test.settings_, 1);
    std::vector<Verdict> verdicts;
    for (const auto* url : {"http://a/yes", "http://a/yes", "http://a/no"}) {
      PoliteRequest request;
      request.fetch.url = url;
      const auto answer = co_await polite.get(std::move(request));
      verdicts.push_back(answer.verdict);
    }
    co_return verdicts;
  };
  EXPECT_EQ(runner_.run([&] { return story(*this); }),
            (std::vector<Verdict>{Verdict::kOk, Verdict::kOk, Verdict::kForbidden}));
}

TEST_F(PoliteFetching, AsksForWhatHasChangedSince) {
  auto changed = ScriptedFetcher::response(200, "{}", {{"ETag", "\"2\""}, {"Last-Modified", "Mon"}});
  fetcher_.script["http://a/x"] = {changed, ScriptedFetcher::response(304, "")};
  auto story = [](PoliteFetching& test) -> Task<void> {
    PoliteFetcher polite(co_await asio::this_coro::executor, test.fetcher_, SystemClock::instance(),
                         test.settings_, 1);
    PoliteRequest request;
    request.fetch.url = "http://a/x";
    auto again = request;
    const auto first = co_await polite.get(std::move(request));
    EXPECT_EQ(first.validators.etag, "\"2\"");
    EXPECT_EQ(first.validators.last_modified, "Mon");
    again.validators = first.validators;
    const auto second = co_await polite.get(std::move(again));
    EXPECT_EQ(second.verdict, Verdict::kNotModified);
  };
  runner_.run([&] { return story(*this); });
  EXPECT_EQ(*find_header(fetcher_.last_headers, "If-None-Match"), "\"2\"");
  EXPECT_EQ(*find_header(fetcher_.last_headers, "If-Modified-Since"), "Mon");
}

TEST_F(PoliteFetching, TriesTransientFailuresAgain) {
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(500, ""), unavailable("cut"),
                                   ScriptedFetcher::response(200, "{}")};
  const auto answer = get("http://a/x");
  EXPECT_EQ(answer.verdict, Verdict::kOk);
  EXPECT_EQ(answer.attempts, 3);
}

TEST_F(PoliteFetching, GivesUpAfterItsAttemptsWithAReason) {
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(502, "")};
  const auto answer = get("http://a/x");
  EXPECT_EQ(answer.verdict, Verdict::kServerError);
  EXPECT_EQ(answer.attempts, 3);
  EXPECT_EQ(answer.message, "a failed (502).");
}

TEST_F(PoliteFetching, DoesNotWaitForAHostThatWantsMuchTime) {
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(429, "", {{"Retry-After", "3600"}})};
  const auto answer = get("http://a/x");
  EXPECT_EQ(answer.verdict, Verdict::kRateLimited);
  EXPECT_EQ(answer.attempts, 1);
  EXPECT_GT(answer.retry_after, 3'500s);
}

TEST_F(PoliteFetching, StopsAskingAHostThatBlocksUs) {
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(200, "<html><body>QRATOR</body></html>")};
  const auto answer = get("http://a/x");
  EXPECT_EQ(answer.verdict, Verdict::kBlocked);
  EXPECT_EQ(answer.attempts, 1);
  EXPECT_GE(answer.retry_after, 14min);
}

TEST_F(PoliteFetching, AsksOneThingAtATimeOfAHost) {
  fetcher_.script["http://a/"] = {ScriptedFetcher::response(200, "{}")};
  fetcher_.script["http://b/"] = {ScriptedFetcher::response(200, "{}")};
  const auto good = runner_.run([&] { return get_many(); });
  EXPECT_EQ(good, 4u);
  EXPECT_EQ(fetcher_.most_under_way, 2);
  EXPECT_EQ(std::count(fetcher_.asked.begin(), fetcher_.asked.end(), "http://a/robots.txt"), 1);
}

TEST_F(PoliteFetching, NoticesAStopWhileItWaits) {
  settings_.politeness.first_backoff = 60s;
  fetcher_.script["http://a/x"] = {ScriptedFetcher::response(500, "")};
  std::atomic<bool> stop = true;
  const auto answer = runner_.run([&]() -> Task<PoliteAnswer> {
    auto ask = [](ScriptedFetcher& fetcher, PoliteSettings settings,
                  std::atomic<bool>& flag) -> Task<PoliteAnswer> {
      PoliteFetcher polite(co_await asio::this_coro::executor, fetcher, SystemClock::instance(), settings, 1);
      PoliteRequest request;
      request.fetch.url = "http://a/x";
      request.fetch.stop = &flag;
      co_return co_await polite.get(std::move(request));
    };
    return ask(fetcher_, settings_, stop);
  });
  EXPECT_EQ(answer.verdict, Verdict::kCancelled);
}

}  // namespace
}  // namespace filmoteka::fetch
