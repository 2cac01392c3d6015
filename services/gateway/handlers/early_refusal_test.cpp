#include <gateway/core/answer/contents.hpp>
#include <gateway/core/api_origin.hpp>
#include <gateway/core/route_table.hpp>
#include <gateway/handlers/early_refusal.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::gateway {
namespace {

class NoOrigin final : public Origin {
 public:
  Task<Result<OriginAnswer>> send(const OriginRequest&) override {
    co_return unavailable("not part of this");
  }
};

struct NoSink final : telemetry::LogSink {
  void write(std::string_view) override {}
};

/// A gateway of one thread with one cached list.
class EarlyRefusalTest : public ::testing::Test {
 protected:
  EarlyRefusalTest() {
    rules_.make_content = api_content;
    std::vector<std::unique_ptr<Origin>> origins;
    origins.push_back(std::make_unique<NoOrigin>());
    cache_.emplace(
        runtime_, std::move(origins), HttpCacheSettings{}, rules_, nullptr, SystemClock::instance(),
        telemetry::Logger(std::make_shared<NoSink>(), telemetry::LogLevel::kOff, "gateway"), metrics_);
    refusal_.emplace(*cache_, board_, SystemClock::instance(), metrics_);
    keep("/movies?genre=drama&sort=-views");
  }

  void keep(const std::string& target) {
    Asked asked;
    asked.key = key_of(target);
    asked.received_steady = SystemClock::instance().steady_now();
    OriginAnswer answer{200, {{"Content-Type", "application/json"}, {"ETag", "\"r1\""}}, "{}"};
    const Received received = receive(*public_answer(std::move(answer), Freshness{}), asked, rules_);
    cache_->store(asked.key, received.storable);
  }

  std::optional<http::Response> ask(std::string_view query) const {
    http::Request request;
    request.path = "/api/v1/movies";
    request.query = query;
    const auto routes = api_routes();
    const auto movies = std::ranges::find(routes, "/movies", &ApiRoute::path);
    return refusal_->refuse(*movies, request);
  }

  Runtime runtime_{1};
  telemetry::Metrics metrics_;
  CacheRules rules_;
  LoadBoard board_{1};
  LoadLevel load_{{}, &board_};
  std::optional<HttpCache> cache_;
  std::optional<EarlyRefusal> refusal_;
};

TEST_F(EarlyRefusalTest, without_load_nobody_is_turned_away) {
  EXPECT_FALSE(ask("genre=horror"));
  EXPECT_FALSE(ask("q=solaris"));
}

TEST_F(EarlyRefusalTest, a_busy_gateway_turns_away_what_costs_much) {
  load_.level(30);
  EXPECT_FALSE(ask("genre=horror"));
  const auto refused = ask("q=solaris");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_NE(refused->header("Retry-After"), nullptr);
  EXPECT_THAT(metrics_.render(), ::testing::HasSubstr("shed_requests_total{kind=\"expensive\"} 1"));
}

TEST_F(EarlyRefusalTest, an_overloaded_one_turns_away_all_that_it_keeps_nothing_for) {
  load_.level(600);
  EXPECT_TRUE(ask("genre=horror"));
  EXPECT_FALSE(ask("genre=drama&sort=-views"));
  EXPECT_FALSE(ask("sort=-views&genre=drama")) << "in other words it is the same question";
}

TEST_F(EarlyRefusalTest, what_is_wrong_is_for_somebody_else_to_say) {
  load_.level(600);
  EXPECT_FALSE(ask("no_such_parameter=1"));
}

TEST_F(EarlyRefusalTest, is_over_when_the_load_is) {
  load_.level(600);
  EXPECT_TRUE(ask("genre=horror"));
  load_.level(0);
  EXPECT_FALSE(ask("genre=horror"));
}

}  // namespace
}  // namespace filmoteka::gateway
