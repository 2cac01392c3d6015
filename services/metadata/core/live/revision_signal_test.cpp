#include <filmoteka/async/task_group.hpp>

#include <gtest/gtest.h>
#include <metadata/core/live/revision_signal.hpp>

namespace filmoteka::metadata {
namespace {

Task<void> wait_and_count(RevisionSignal& signal, domain::Revision after, int& woken) {
  auto waiting = signal.wait_above(after, Deadline::after(std::chrono::minutes(5)));
  co_await std::move(waiting);
  ++woken;
}

TEST(RevisionSignal, wakes_those_who_wait_for_less) {
  Runtime runtime(2);
  RevisionSignal signal(runtime);
  auto main = [](Runtime& r, RevisionSignal& s) -> Task<void> {
    int low = 0;
    int high = 0;
    int other_thread = 0;
    TaskGroup group(r.executor(0));
    group.spawn(wait_and_count(s, 3, low));
    group.spawn(wait_and_count(s, 4, high));
    group.spawn(run_on(r.executor(1), wait_and_count(s, 3, other_thread)));
    s.publish(4);
    auto now = s.wait_above(3, Deadline::never());
    co_await std::move(now);
    EXPECT_EQ(high, 0);
    s.publish(5);
    auto ended = group.join();
    co_await std::move(ended);
    EXPECT_EQ(low + high + other_thread, 3);
    EXPECT_EQ(s.current(), 5);
  };
  runtime.run(main(runtime, signal));
}

TEST(RevisionSignal, ends_waits_at_their_deadline) {
  Runtime runtime(1);
  RevisionSignal signal(runtime);
  auto main = [](RevisionSignal& s) -> Task<void> {
    auto waiting = s.wait_above(0, Deadline::after(std::chrono::milliseconds(1)));
    co_await std::move(waiting);
    EXPECT_EQ(s.current(), 0);
  };
  runtime.run(main(signal));
}

TEST(RevisionSignal, close_ends_all_waits) {
  Runtime runtime(1);
  RevisionSignal signal(runtime);
  auto main = [](Runtime& r, RevisionSignal& s) -> Task<void> {
    int woken = 0;
    TaskGroup group(r.executor(0));
    group.spawn(wait_and_count(s, 0, woken));
    s.close();
    auto ended = group.join();
    co_await std::move(ended);
    EXPECT_EQ(woken, 1);
    auto late = wait_and_count(s, 0, woken);
    co_await std::move(late);
    EXPECT_EQ(woken, 2);
  };
  runtime.run(main(runtime, signal));
}

TEST(RevisionSignal, a_cancelled_waiter_leaves) {
  Runtime runtime(1);
  RevisionSignal signal(runtime);
  auto main = [](Runtime& r, RevisionSignal& s) -> Task<void> {
    int woken = 0;
    TaskGroup group(r.executor(0));
    group.spawn(wait_and_count(s, 0, woken));
    group.cancel();
    auto ended = group.join();
    co_await std::move(ended);
    EXPECT_EQ(woken, 0);
    s.publish(1);
  };
  runtime.run(main(runtime, signal));
}

}  // namespace
}  // namespace filmoteka::metadata
