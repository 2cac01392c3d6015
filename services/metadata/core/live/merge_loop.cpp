#include <filmoteka/async/post.hpp>

#include <metadata/core/live/low_priority.hpp>
#include <metadata/core/live/merge_loop.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace filmoteka::metadata {
namespace {

using std::chrono::milliseconds;
using Stopwatch = std::chrono::steady_clock;

// What a writer waits for a merge at most: questions may be slow for that long, acknowledgements not for
// ever.
constexpr auto kLongestDelay = std::chrono::seconds(1);
constexpr int kPausesOfARefresh = 20;

struct GivenUp {};

}  // namespace

milliseconds pause_after_refresh(milliseconds shortest, milliseconds last) {
  return std::max(shortest, kPausesOfARefresh * last);
}

MergeLoop::MergeLoop(Runtime& runtime, Catalogue& catalogue, SnapshotReaders& readers, BlockingPool& pool,
                     telemetry::Logger log, telemetry::Metrics& metrics)
    : wanted_(std::make_shared<Wanted>(runtime.executor(0))),
      catalogue_(catalogue),
      readers_(readers),
      pool_(pool),
      log_(std::move(log)),
      seconds_(metrics.histogram("filmoteka_metadata_catalogue_merge_seconds",
                                 "Time of folding the changed films into a new segment.",
                                 telemetry::latency_buckets())),
      delays_(metrics.counter("filmoteka_metadata_catalogue_delayed_writes_total",
                              "Writes that were acknowledged later so that a merge could catch up.")),
      memory_(metrics),
      attempts_(runtime) {}

void MergeLoop::nudge() {
  if (wanted_->posted.exchange(true)) return;
  post_to(wanted_->executor, [wanted = wanted_] {
    wanted->posted = false;
    wanted->event.set();
  });
}

Task<void> MergeLoop::run() {
  auto lower = [] {
    lower_priority();
  };
  auto lowering = pool_.run(std::move(lower));
  co_await std::move(lowering);
  for (;;) {
    co_await wanted_->event.wait();
    wanted_->event.reset();
    for (bool is_done = true; is_done && catalogue_.merge_due();) {
      auto work = [this] {
        return merge();
      };
      auto working = pool_.run(std::move(work));
      is_done = co_await std::move(working);
      auto freeing = free_retired();
      co_await std::move(freeing);
    }
  }
}

bool MergeLoop::merge() {
  const auto start = Stopwatch::now();
  MergeOutcome outcome = MergeOutcome::kNothing;
  const Checkpoint checkpoint = [this] {
    if (given_up_) throw GivenUp();
  };
  try {
    outcome = catalogue_.merge(checkpoint);
  } catch (const GivenUp&) {
    log_.debug("a merge of the catalogue was given up");
  } catch (const std::exception& failure) {
    // Nothing is lost: the delta stays, queries look at more films one by one until the next attempt.
    log_.error("a merge of the catalogue failed; it is tried again after the next change",
               {{"detail", failure.what()}});
  }
  if (outcome == MergeOutcome::kDone) {
    const double seconds = std::chrono::duration<double>(Stopwatch::now() - start).count();
    seconds_.observe(seconds);
    log_.debug("merged the catalogue's changes", {{"seconds", seconds}});
    show_memory();
  }
  attempts_.publish(attempts_.current() + 1);
  return outcome == MergeOutcome::kDone;
}

// What no reader holds any more goes on the pool's thread: freeing it takes long as well.
Task<void> MergeLoop::free_retired() {
  if (!catalogue_.has_retired()) co_return;
  auto refreshing = readers_.refresh();
  co_await std::move(refreshing);
  auto free = [this] {
    catalogue_.free_retired();
    show_memory();
  };
  auto freeing = pool_.run(std::move(free));
  co_await std::move(freeing);
}

Task<void> MergeLoop::refresh_views(milliseconds age) {
  milliseconds pause = age;
  for (;;) {
    auto pausing = sleep_for(pause);
    co_await std::move(pausing);
    auto refresh = [this] {
      const auto start = Stopwatch::now();
      catalogue_.refresh_views_order();
      show_memory();
      return std::chrono::duration_cast<milliseconds>(Stopwatch::now() - start);
    };
    auto refreshing = pool_.run(std::move(refresh));
    pause = pause_after_refresh(age, co_await std::move(refreshing));
    auto freeing = free_retired();
    co_await std::move(freeing);
  }
}

Task<void> MergeLoop::let_merges_catch_up(Deadline deadline) {
  // The number first: a merge that ends in between is not waited for twice.
  const std::int64_t ended = attempts_.current();
  if (!catalogue_.merge_overdue()) co_return;
  nudge();
  delays_.increment();
  auto waiting = attempts_.wait_above(ended, earliest(deadline, Deadline::after(kLongestDelay)));
  co_await std::move(waiting);
}

}  // namespace filmoteka::metadata
