/// One source under supervision. Internal to the supervisor.
#pragma once

#include <scraper/core/run/supervisor.hpp>

namespace filmoteka::scraper {

struct Supervisor::Job {
  Job(SupervisedSource supervised, Executor executor, telemetry::Metrics& registry, const Clock& clock)
      : source(std::make_shared<const SupervisedSource>(std::move(supervised))),
        metrics(registry, source->definition.name, clock),
        changed(executor) {}

  /// While a run is being begun nobody else begins one.
  struct Beginning {
    ~Beginning() { job.beginning = false; }
    Job& job;
  };

  std::shared_ptr<const SupervisedSource> source;  ///< a run keeps the one that it began with
  SourceMetrics metrics;
  Event changed;  ///< a run was asked for, paused or resumed, another definition, or we stop
  SourceState state;
  Lease lease;  ///< of the run under way
  std::optional<Run> current;
  bool beginning = false;  ///< between the wish for a run and its number
  bool is_removed = false;
  std::atomic<bool> stop = false;  ///< ends the run under way
  bool lost_lease = false;
  bool moved_on = false;  ///< the run under way has stored a page
};

}  // namespace filmoteka::scraper
