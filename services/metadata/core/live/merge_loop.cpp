#include <filmoteka/async/post.hpp>

#include <metadata/core/live/merge_loop.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace filmoteka::metadata {

MergeLoop::MergeLoop(Executor executor, Catalogue& catalogue, BlockingPool& pool, telemetry::Logger log,
                     telemetry::Metrics& metrics)
    : wanted_(std::make_shared<Wanted>(executor)),
      catalogue_(catalogue),
      pool_(pool),
      log_(std::move(log)),
      seconds_(metrics.histogram("filmoteka_metadata_catalogue_merge_seconds",
                                 "Time of folding the changed films into a new segment.",
                                 telemetry::latency_buckets())) {}

void MergeLoop::nudge() {
  if (wanted_->posted.exchange(true)) return;
  post_to(wanted_->executor, [wanted = wanted_] {
    wanted->posted = false;
    wanted->event.set();
  });
}

Task<void> MergeLoop::run() {
  for (;;) {
    co_await wanted_->event.wait();
    wanted_->event.reset();
    auto work = [this] {
      while (catalogue_.merge_due() && merge()) {
      }
    };
    auto working = pool_.run(std::move(work));
    co_await std::move(working);
  }
}

bool MergeLoop::merge() {
  const auto start = std::chrono::steady_clock::now();
  try {
    catalogue_.merge();
  } catch (const std::exception& failure) {
    // Nothing is lost: the delta stays, queries look at more films one by one until the next attempt.
    log_.error("a merge of the catalogue failed; it is tried again after the next change",
               {{"detail", failure.what()}});
    return false;
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  seconds_.observe(seconds);
  log_.debug("merged the catalogue's changes", {{"seconds", seconds}});
  return true;
}

}  // namespace filmoteka::metadata
