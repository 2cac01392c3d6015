#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/stop_signals.hpp>
#include <filmoteka/async/task_group.hpp>

#include <gtest/gtest.h>

#include <csignal>

namespace filmoteka {
namespace {

Task<void> keep(StopSignals& signals, int& number) {
  number = co_await signals.wait();
}

TEST(StopSignals, the_first_signal_is_handed_to_the_waiter) {
  for (const int wanted : {SIGTERM, SIGINT}) {
    Runtime runtime(1);
    int number = 0;
    auto main = [](int signal, int& seen) -> Task<void> {
      StopSignals signals(co_await asio::this_coro::executor);
      std::raise(signal);
      co_await keep(signals, seen);
    };
    runtime.run(main(wanted, number));
    EXPECT_EQ(number, wanted);
  }
}

TEST(StopSignals, waiting_can_be_cancelled) {
  Runtime runtime(1);
  int number = 0;
  auto main = [](int& seen) -> Task<void> {
    const Executor executor = co_await asio::this_coro::executor;
    StopSignals signals(executor);
    TaskGroup group(executor);
    group.spawn(keep(signals, seen));
    group.cancel();
    co_await group.join();
  };
  runtime.run(main(number));
  EXPECT_EQ(number, 0);
}

TEST(StopSignalsDeathTest, the_second_signal_ends_the_process_even_if_its_thread_is_stuck) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto stuck = [] {
    Runtime runtime(1);
    auto main = []() -> Task<void> {
      const StopSignals signals(co_await asio::this_coro::executor);
      std::raise(SIGTERM);
      std::raise(SIGINT);
    };
    runtime.run(main());
  };
  EXPECT_EXIT(stuck(), testing::ExitedWithCode(130), "");
}

TEST(StopSignals, old_dispositions_come_back) {
  {
    Runtime runtime(1);
    auto main = []() -> Task<void> {
      const StopSignals signals(co_await asio::this_coro::executor);
    };
    runtime.run(main());
  }
  struct sigaction now {};
  ASSERT_EQ(::sigaction(SIGTERM, nullptr, &now), 0);
  EXPECT_EQ(now.sa_handler, SIG_DFL);
}

}  // namespace
}  // namespace filmoteka
