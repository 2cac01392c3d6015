/// All sources: each runs by its schedule or when asked, one run at a time, and its state is kept.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <scraper/core/run/handover.hpp>
#include <scraper/core/run/plan.hpp>
#include <scraper/core/run/preview.hpp>
#include <scraper/core/run/run_metrics.hpp>
#include <scraper/core/run/store.hpp>

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// A source to be supervised.
struct SupervisedSource {
  SourceDefinition definition;
  std::filesystem::path file;  ///< of a file source, resolved
};

struct SupervisorTools {
  Executor executor;
  Store& store;
  Handover& handover;
  fetch::PoliteFetcher& fetcher;
  BlockingPool& pool;
  const Clock& clock;
  telemetry::Logger log;
  telemetry::Metrics& metrics;
};

/// What the API shows of a source.
struct SourceView {
  const SupervisedSource* source = nullptr;  ///< lives as long as the supervisor
  SourceState state;
  std::optional<Run> current;  ///< the run under way
};

/// All calls on the executor's thread. References in the tools outlive it.
class Supervisor {
 public:
  Supervisor(SupervisorTools tools, PlanSettings plan, bool run_schedules, std::uint64_t seed,
             std::vector<SupervisedSource> sources);
  ~Supervisor();

  /// Takes up the states of the store and starts a watcher for each source in `group`.
  Task<Result<void>> start(TaskGroup& group);
  /// Ends runs and previews at their next step (≤ 1 s); the watchers in the group end then.
  void stop();

  std::vector<SourceView> sources() const;
  Result<SourceView> source(std::string_view name) const;
  std::optional<Run> live_run(RunId id) const;
  /// Starts a run; kConflict while there is one.
  Task<Result<RunId>> request_run(std::string name);
  Task<Result<void>> set_paused(std::string name, bool paused);
  Task<Result<Preview>> preview(std::string name, std::size_t max_items);

 private:
  struct Job;
  class Output;
  Job* find(std::string_view name) const;
  Result<Job*> find_or_say(std::string_view name) const;
  Task<void> watch(Job& job);
  Task<void> wait_for_turn(Job& job);
  Task<Result<RunId>> begin(Job& job, Trigger trigger);
  Task<void> execute(Job& job);
  Task<void> finish(Job& job, RunResult result);
  RunTools run_tools();
  double chance();

  SupervisorTools tools_;
  PlanSettings plan_;
  bool run_schedules_;
  std::mt19937_64 random_;
  std::atomic<bool> stop_ = false;
  std::vector<std::unique_ptr<Job>> jobs_;
};

}  // namespace filmoteka::scraper
