/// Folds the catalogue's delta into its segment in the background, whenever it has grown enough.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/event.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/catalogue/catalogue.hpp>

#include <atomic>
#include <memory>

namespace filmoteka::metadata {

class MergeLoop {
 public:
  /// Lives on `executor`'s thread; merges run on `pool`.
  MergeLoop(Executor executor, Catalogue& catalogue, BlockingPool& pool, telemetry::Logger log,
            telemetry::Metrics& metrics);

  /// Look whether a merge is due. Any thread, cheap.
  void nudge();
  /// Until it is cancelled; a merge under way is finished first.
  Task<void> run();

 private:
  struct Wanted {
    explicit Wanted(Executor on) : executor(on), event(on) {}
    Executor executor;
    Event event;
    std::atomic<bool> posted{false};
  };
  bool merge();

  std::shared_ptr<Wanted> wanted_;
  Catalogue& catalogue_;
  BlockingPool& pool_;
  telemetry::Logger log_;
  telemetry::Histogram& seconds_;
};

}  // namespace filmoteka::metadata
