/// Merges and orders in the background, with the pools of a running service.
#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>

#include <gtest/gtest.h>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/testing/films.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::metadata {
namespace {

using std::chrono::milliseconds;

Change film(domain::MovieId id, domain::Revision revision) {
  domain::Movie movie;
  movie.id = id;
  movie.revision = revision;
  movie.facts = testing::film(static_cast<int>(revision));
  return {id, revision, movie};
}

struct MergeLoopTest : ::testing::Test {
  Runtime runtime{2};
  BlockingPool pool{"test-cpu", 2};
  BlockingPool merging{"test-merge", 1};
  telemetry::Metrics metrics;
  LiveCatalogue catalogue{runtime, pool, merging,
                          telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"), metrics};
  domain::Revision revision = 0;

  /// Merges and refreshes beside `test`, and ends them after it.
  void run_beside(std::function<Task<void>(MergeLoopTest&)> test) {
    auto main = [](MergeLoopTest& self, const std::function<Task<void>(MergeLoopTest&)>& body) -> Task<void> {
      TaskGroup group(self.runtime.executor(0));
      group.spawn(self.catalogue.run());
      group.spawn(self.catalogue.refresh_views(milliseconds(1)));
      auto testing = body(self);
      co_await std::move(testing);
      group.cancel();
      auto ended = group.join();
      co_await std::move(ended);
    };
    runtime.run(main(*this, test));
  }

  /// A commit of films `first` … `last`.
  Commit commit(domain::MovieId first, domain::MovieId last) {
    Commit made{{}, revision, revision, {}};
    for (domain::MovieId id = first; id <= last; ++id) made.changes.push_back(film(id, ++revision));
    made.after = revision;
    return made;
  }
  std::shared_ptr<const Snapshot> snapshot() { return catalogue.snapshot(runtime.executor(0)); }
  std::size_t delta() { return snapshot()->delta->entries().size(); }
  bool shows(const std::string& metric) { return metrics.render().find(metric) != std::string::npos; }
};

/// Keeps a pool's thread busy until it is let go.
class Busy {
 public:
  explicit Busy(BlockingPool& pool) : pool_(pool) {}
  Task<void> run() {
    auto wait = [this] {
      let_go_.get_future().wait();
    };
    auto waiting = pool_.run(std::move(wait));
    co_await std::move(waiting);
  }
  void let_go() { let_go_.set_value(); }

 private:
  BlockingPool& pool_;
  std::promise<void> let_go_;
};

// Gives the background a turn, until it has done what is waited for.
Task<void> until(std::function<bool()> is_done) {
  while (!is_done()) {
    auto turn = sleep_for(milliseconds(1));
    co_await std::move(turn);
  }
}

Task<void> write_during_a_long_merge(MergeLoopTest& test) {
  Busy merge(test.merging);
  TaskGroup group(test.runtime.executor(0));
  group.spawn(merge.run());
  for (int i = 0; i < 300; ++i) {
    auto entering = test.catalogue.enter(test.commit(i * 10 + 1, i * 10 + 10), Deadline::never());
    EXPECT_TRUE((co_await std::move(entering)).has_value());
    test.catalogue.enter_own_views({{{i * 10 + 1, 5}}, i + 1});
    EXPECT_EQ(test.catalogue.taken(), test.revision);
  }
  EXPECT_EQ(test.delta(), 3'000U) << "nothing was merged";
  merge.let_go();
  auto ended = group.join();
  co_await std::move(ended);
  auto merged = until([&] { return test.delta() == 0; });
  co_await std::move(merged);
}

TEST_F(MergeLoopTest, writers_never_wait_behind_a_merge_or_a_refresh) {
  run_beside(write_during_a_long_merge);
  EXPECT_EQ(snapshot()->films(), 3'000U);
}

Task<void> write_after_giving_up(MergeLoopTest& test) {
  test.catalogue.give_up_merging();
  auto entering = test.catalogue.enter(test.commit(1, 3'000), Deadline::never());
  EXPECT_TRUE((co_await std::move(entering)).has_value());
  // The pool has one thread: what was nudged by the write is over when this is.
  for (int turn = 0; turn < 20; ++turn) {
    auto nothing = [] {
    };
    auto behind = test.merging.run(std::move(nothing));
    co_await std::move(behind);
    auto pausing = sleep_for(milliseconds(1));
    co_await std::move(pausing);
  }
  EXPECT_EQ(test.delta(), 3'000U);
}

TEST_F(MergeLoopTest, merges_no_more_once_it_has_given_up) {
  run_beside(write_after_giving_up);
}

Task<void> merge_and_refresh(MergeLoopTest& test) {
  for (int round = 0; round < 4; ++round) {
    auto entering = test.catalogue.enter(test.commit(1, 3'000), Deadline::never());
    EXPECT_TRUE((co_await std::move(entering)).has_value());
    test.catalogue.enter_own_views({{{1 + round, 2'000'000'000'000}}, round + 1});
    auto merged = until([&] { return test.delta() == 0; });
    co_await std::move(merged);
    auto ordered = until([&] {
      const auto state = test.snapshot();
      return state->segment->id[state->views_order->descending.front()] <= 1 + round &&
             state->views_order->local_total == state->view_counts->total();
    });
    co_await std::move(ordered);
  }
}

TEST_F(MergeLoopTest, merges_while_orders_are_refreshed_all_the_time) {
  run_beside(merge_and_refresh);
  EXPECT_EQ(snapshot()->films(), 3'000U);
  EXPECT_TRUE(shows("filmoteka_metadata_catalogue_merge_seconds_count")) << metrics.render();
}

Task<std::weak_ptr<const Segment>> segment_on(MergeLoopTest& test) {
  const Executor executor = co_await asio::this_coro::executor;
  co_return test.catalogue.snapshot(executor)->segment;
}

Task<void> leave_a_thread_idle(MergeLoopTest& test) {
  auto entering = test.catalogue.enter(test.commit(1, 3'000), Deadline::never());
  co_await std::move(entering);
  auto merged = until([&] { return test.delta() == 0; });
  co_await std::move(merged);
  auto looking = run_on(test.runtime.executor(1), segment_on(test));
  const std::weak_ptr<const Segment> old = co_await std::move(looking);
  EXPECT_FALSE(old.expired());
  auto again = test.catalogue.enter(test.commit(1, 3'000), Deadline::never());
  co_await std::move(again);
  // Thread 1 asks for nothing any more.
  auto freed = until([&] { return old.expired(); });
  co_await std::move(freed);
}

TEST_F(MergeLoopTest, an_idle_thread_does_not_keep_an_old_segment) {
  run_beside(leave_a_thread_idle);
}

Task<void> write_too_fast(MergeLoopTest& test) {
  Busy merge(test.merging);
  TaskGroup group(test.runtime.executor(0));
  group.spawn(merge.run());
  auto first = test.catalogue.enter(test.commit(1, 16'500), Deadline::after(milliseconds(5)));
  EXPECT_TRUE((co_await std::move(first)).has_value()) << "it is stored and can be read";
  EXPECT_TRUE(test.shows("filmoteka_metadata_catalogue_delayed_writes_total 1"));
  auto edit = test.catalogue.enter(test.commit(7, 7), Deadline::never());
  EXPECT_TRUE((co_await std::move(edit)).has_value());
  EXPECT_TRUE(test.shows("filmoteka_metadata_catalogue_delayed_writes_total 1")) << "one film goes through";
  merge.let_go();
  auto ended = group.join();
  co_await std::move(ended);
}

TEST_F(MergeLoopTest, batches_wait_a_little_while_merges_are_behind) {
  run_beside(write_too_fast);
}

TEST_F(MergeLoopTest, tells_what_the_catalogue_takes) {
  run_beside([](MergeLoopTest& test) -> Task<void> {
    auto entering = test.catalogue.enter(test.commit(1, 3'000), Deadline::never());
    co_await std::move(entering);
    auto merged = until([&] { return test.delta() == 0; });
    co_await std::move(merged);
    for (const char* part :
         {"columns", "postings", "orders", "searchable", "text_index", "title_keys", "json", "views"}) {
      const std::string metric = std::string("filmoteka_metadata_catalogue_bytes{part=\"") + part + "\"} ";
      auto shown = until([&] {
        const std::string text = test.metrics.render();
        const std::size_t place = text.find(metric);
        return place != std::string::npos && text[place + metric.size()] != '0';
      });
      co_await std::move(shown);
    }
  });
}

TEST(PauseAfterRefresh, leaves_most_of_the_time_to_others) {
  EXPECT_EQ(pause_after_refresh(milliseconds(3'000), milliseconds(20)), milliseconds(3'000));
  EXPECT_EQ(pause_after_refresh(milliseconds(3'000), milliseconds(1'500)), milliseconds(30'000));
}

}  // namespace
}  // namespace filmoteka::metadata
