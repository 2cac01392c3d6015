#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/run.hpp>

#include <gateway/core/limits/shedding_origin.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using ::testing::HasSubstr;

/// Answers when it is let.
class HeldOrigin final : public Origin {
 public:
  explicit HeldOrigin(Event& open) : open_(open) {}
  Task<Result<OriginAnswer>> send(const OriginRequest&) override {
    auto opened = open_.wait();
    co_await std::move(opened);
    OriginAnswer answer;
    answer.status = 200;
    co_return answer;
  }

 private:
  Event& open_;
};

struct Counts {
  int answered = 0;
  int turned_away = 0;
};

Task<void> ask(Origin& origin, std::string target, Counts& counts) {
  OriginRequest request;
  request.target = std::move(target);
  auto sending = origin.send(request);
  const Result<OriginAnswer> answer = co_await std::move(sending);
  if (answer.has_value()) {
    ++counts.answered;
  } else {
    EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
    ++counts.turned_away;
  }
}

struct Scene {
  Counts searches;
  Counts lists;
  std::string metrics;
};

Task<void> play(Scene& scene) {
  Event open(co_await asio::this_coro::executor);
  LoadThresholds thresholds;
  thresholds.busy_calls = 4;
  thresholds.overloaded_calls = 8;
  LoadLevel load(thresholds);
  telemetry::Metrics metrics;
  SheddingOrigin origin(std::make_unique<HeldOrigin>(open), load, metrics);
  TaskGroup group(co_await asio::this_coro::executor);
  for (int i = 0; i < 10; ++i) {
    group.spawn(ask(origin, "/movies?q=x", scene.searches));
    group.spawn(ask(origin, "/movies?page=2", scene.lists));
  }
  auto opening = [](Event& event) -> Task<void> {
    event.set();
    co_return;
  };
  group.spawn(opening(open));
  auto ended = group.join();
  co_await std::move(ended);
  // Nothing is under way any more: everything is taken on again.
  auto again = ask(origin, "/movies?q=x", scene.searches);
  co_await std::move(again);
  scene.metrics = metrics.render();
}

TEST(SheddingOrigin, TurnsAwayTheExpensiveFirstThenTheRest) {
  Scene scene;
  testing::Runner runner;
  runner.run([&scene] { return play(scene); });
  EXPECT_EQ(scene.searches.answered, 2 + 1);
  EXPECT_EQ(scene.lists.answered, 6);
  EXPECT_EQ(scene.searches.turned_away, 8);
  EXPECT_EQ(scene.lists.turned_away, 4);
  EXPECT_THAT(scene.metrics, HasSubstr("filmoteka_gateway_shed_requests_total{kind=\"expensive\"} 8"));
  EXPECT_THAT(scene.metrics, HasSubstr("filmoteka_gateway_shed_requests_total{kind=\"other\"} 4"));
}

}  // namespace
}  // namespace filmoteka::gateway
