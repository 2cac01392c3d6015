#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/async/with_deadline.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace filmoteka {
namespace {

Task<Result<int>> answer_after(Event& event) {
  co_await event.wait();
  co_return 42;
}

Task<void> wait_for(Event& event, int& ended) {
  try {
    co_await event.wait();
  } catch (const boost::system::system_error&) {
    ++ended;
    throw;
  }
  ++ended;
}

TEST(Runtime, runs_main_and_rethrows_what_it_threw) {
  Runtime runtime(2);
  auto main = []() -> Task<void> {
    throw std::runtime_error("seen");
    co_return;
  };
  EXPECT_THROW(runtime.run(main()), std::runtime_error);
}

TEST(Runtime, run_on_uses_the_other_thread_and_comes_back) {
  Runtime runtime(2);
  auto who = []() -> Task<std::thread::id> {
    co_return std::this_thread::get_id();
  };
  auto main = [](Runtime& r, auto& ask) -> Task<void> {
    const auto here = std::this_thread::get_id();
    const auto there = co_await run_on(r.executor(1), ask());
    EXPECT_NE(here, there);
    EXPECT_EQ(here, std::this_thread::get_id());
  };
  runtime.run(main(runtime, who));
}

Task<void> nap(std::chrono::microseconds span) {
  Timer timer(co_await asio::this_coro::executor);
  timer.expires_after(span);
  co_await timer.async_wait(use_task);
}

// The cancellation is under way to the other thread while the task there ends, again and again.
TEST(Runtime, what_runs_on_another_thread_may_be_cancelled_at_any_moment) {
  Runtime runtime(2);
  auto main = [](Runtime& r) -> Task<void> {
    for (int round = 0; round < 2'000; ++round) {
      TaskGroup group(r.executor(0));
      group.spawn(run_on(r.executor(1), nap(std::chrono::microseconds(round % 20))));
      auto pausing = nap(std::chrono::microseconds(round % 20));
      co_await std::move(pausing);
      group.cancel();
      auto ended = group.join();
      co_await std::move(ended);
    }
  };
  runtime.run(main(runtime));
}

TEST(Runtime, cancelling_reaches_what_runs_on_another_thread) {
  Runtime runtime(2);
  auto main = [](Runtime& r) -> Task<void> {
    TaskGroup group(r.executor(0));
    group.spawn(run_on(r.executor(1), nap(std::chrono::hours(1))));
    auto pausing = nap(std::chrono::milliseconds(1));
    co_await std::move(pausing);
    group.cancel();
    auto ended = group.join();
    co_await std::move(ended);
  };
  runtime.run(main(runtime));
}

TEST(WithDeadline, returns_the_value_in_time) {
  Runtime runtime(1);
  auto main = []() -> Task<void> {
    Event event(co_await asio::this_coro::executor);
    event.set();
    const auto result =
        co_await with_deadline(answer_after(event), Deadline::after(std::chrono::hours(1)), "The answer");
    EXPECT_EQ(result.value(), 42);
  };
  runtime.run(main());
}

TEST(WithDeadline, ends_what_takes_too_long) {
  Runtime runtime(1);
  auto main = []() -> Task<void> {
    Event event(co_await asio::this_coro::executor);
    const auto result = co_await with_deadline(answer_after(event),
                                               Deadline::after(std::chrono::milliseconds(1)), "The answer");
    EXPECT_EQ(result.error().code, ErrorCode::kDeadlineExceeded);
    EXPECT_EQ(result.error().message, "The answer took too long.");
  };
  runtime.run(main());
}

Task<Result<int>> throw_a_defect() {
  throw std::logic_error("a defect");
  co_return 1;
}

TEST(WithDeadline, what_the_task_throws_is_thrown_at_once) {
  Runtime runtime(1);
  auto main = []() -> Task<void> {
    auto limited = with_deadline(throw_a_defect(), Deadline::after(std::chrono::hours(1)), "The answer");
    co_await std::move(limited);
  };
  EXPECT_THROW(runtime.run(main()), std::logic_error);
}

TEST(WithDeadline, whose_caller_is_cancelled_ends_by_that) {
  Runtime runtime(1);
  auto main = []() -> Task<void> {
    const auto executor = co_await asio::this_coro::executor;
    Event never(executor);
    bool cancelled = false;
    auto wait = [](Event& event, bool& is_cancelled) -> Task<void> {
      auto limited = with_deadline(answer_after(event), Deadline::after(std::chrono::hours(1)), "The answer");
      try {
        co_await std::move(limited);
      } catch (...) {
        is_cancelled = is_cancellation(std::current_exception());
      }
    };
    TaskGroup group(executor);
    group.spawn(wait(never, cancelled));
    co_await sleep_for(std::chrono::milliseconds(0));  // lets it come as far as its wait
    group.cancel();
    co_await group.join();
    EXPECT_TRUE(cancelled);
  };
  runtime.run(main());
}

TEST(TaskGroup, join_waits_for_children_and_cancel_ends_them) {
  Runtime runtime(1);
  auto main = []() -> Task<void> {
    const auto executor = co_await asio::this_coro::executor;
    Event event(executor);
    int ended = 0;
    TaskGroup group(executor);
    group.spawn(wait_for(event, ended));
    group.spawn(wait_for(event, ended));
    EXPECT_EQ(group.size(), 2U);
    group.cancel();
    co_await group.join();
    EXPECT_EQ(ended, 2);
    group.spawn(wait_for(event, ended));  // started cancelled
    co_await group.join();
    EXPECT_EQ(ended, 3);
  };
  runtime.run(main());
}

Task<void> own_a_child(Event& event, int& ended) {
  TaskGroup inner(co_await asio::this_coro::executor);
  inner.spawn(wait_for(event, ended));
  co_await inner.join();
}

TEST(TaskGroup, a_cancelled_waiter_cancels_its_children_and_waits_for_them) {
  Runtime runtime(1);
  auto main = []() -> Task<void> {
    const auto executor = co_await asio::this_coro::executor;
    Event never(executor);
    int ended = 0;
    TaskGroup outer(executor);
    outer.spawn(own_a_child(never, ended));
    co_await sleep_for(std::chrono::milliseconds(0));  // lets it come as far as its wait
    outer.cancel();
    co_await outer.join();
    EXPECT_EQ(ended, 1);
  };
  runtime.run(main());
}

TEST(TaskGroup, reports_failures_but_not_cancellations) {
  Runtime runtime(1);
  auto main = []() -> Task<void> {
    const auto executor = co_await asio::this_coro::executor;
    int failures = 0;
    int ended = 0;
    Event never(executor);
    TaskGroup group(executor, [&](const std::exception_ptr&) { ++failures; });
    auto fail = []() -> Task<void> {
      throw std::runtime_error("broken");
      co_return;
    };
    group.spawn(fail());
    group.spawn(wait_for(never, ended));
    group.cancel();
    co_await group.join();
    EXPECT_EQ(failures, 1);
    EXPECT_EQ(ended, 1);
  };
  runtime.run(main());
}

TEST(BlockingPool, returns_values_and_exceptions_to_the_callers_thread) {
  Runtime runtime(1);
  BlockingPool pool("test", 2);
  auto main = [](BlockingPool& p) -> Task<void> {
    const auto here = std::this_thread::get_id();
    auto job = [] {
      return std::this_thread::get_id();
    };
    const auto there = co_await p.run(job);
    EXPECT_NE(here, there);
    EXPECT_EQ(here, std::this_thread::get_id());
    auto broken = []() -> int {
      throw std::runtime_error("broken");
    };
    bool thrown = false;
    try {
      co_await p.run(broken);
    } catch (const std::runtime_error&) {
      thrown = true;
    }
    EXPECT_TRUE(thrown);
  };
  runtime.run(main(pool));
}

}  // namespace
}  // namespace filmoteka
