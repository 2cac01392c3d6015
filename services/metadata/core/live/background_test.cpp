#include <filmoteka/async/event.hpp>
#include <filmoteka/async/runtime.hpp>

#include <gtest/gtest.h>
#include <metadata/core/live/background.hpp>

#include <stdexcept>

namespace filmoteka::metadata {
namespace {

using namespace std::chrono_literals;

struct BackgroundTest : ::testing::Test {
  Runtime runtime{1};
  telemetry::Metrics metrics;
  telemetry::Logger log{nullptr, telemetry::LogLevel::kOff, "test"};
  Background background{runtime.executor(0), log, metrics, {100ms, 200ms}};
  int runs = 0;
};

Task<void> fail_twice(BackgroundTest& test, Event& third) {
  if (++test.runs == 1) throw std::logic_error("a defect");
  // Looks like a cancellation, and is none.
  if (test.runs == 2) throw boost::system::system_error(asio::error::operation_aborted);
  third.set();
  auto waiting = sleep_for(1h);
  co_await std::move(waiting);
}

TEST_F(BackgroundTest, what_throws_is_said_and_started_anew) {
  auto main = [](BackgroundTest& test) -> Task<void> {
    Event third(co_await asio::this_coro::executor);
    EXPECT_TRUE(test.background.is_well());
    test.background.spawn("counting", [&test, &third] { return fail_twice(test, third); });
    while (test.background.is_well() && test.runs < 3) co_await sleep_for(0ms);
    EXPECT_NE(test.background.describe().find("counting"), std::string::npos);
    co_await third.wait();
    EXPECT_EQ(test.runs, 3);
    while (!test.background.is_well()) co_await sleep_for(0ms);
    EXPECT_EQ(test.background.describe(), "ok");
    EXPECT_NE(test.metrics.render().find("filmoteka_metadata_background_failures_total 2"),
              std::string::npos);
    test.background.cancel();
    co_await test.background.join();
  };
  runtime.run(main(*this));
}

}  // namespace
}  // namespace filmoteka::metadata
