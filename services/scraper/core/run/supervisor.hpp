/// All sources: each runs by its schedule or when asked, one run at a time among all scrapers that share the
/// store, and its state is kept.
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
  std::string digest;          ///< of the definition: another one is another definition
};

struct SupervisorTools {
  Executor executor;
  Store& store;
  Handover& handover;
  fetch::PoliteFetcher& fetcher;
  browser::Renderer* browser;  ///< null: sources that need one fail with a hint
  BlockingPool& pool;
  const Clock& clock;
  telemetry::Logger log;
  telemetry::Metrics& metrics;
};

struct SupervisorSettings {
  PlanSettings plan;
  bool run_schedules = true;                ///< false: runs only when asked
  std::chrono::milliseconds lease{60'000};  ///< renewed at a third of it
  /// How often it is looked at what others that share the store have done; zero: nobody shares it.
  std::chrono::milliseconds look{0};
};

/// What the API shows of a source.
struct SourceView {
  std::shared_ptr<const SupervisedSource> source;
  SourceState state;
  std::optional<Run> current;  ///< the run under way here
};

/// All calls on the executor's thread. References in the tools outlive it.
class Supervisor {
 public:
  Supervisor(SupervisorTools tools, SupervisorSettings settings, std::uint64_t seed);
  ~Supervisor();

  /// Takes up the states of the store and starts a watcher for each source in `group`, which ends after
  /// stop().
  Task<Result<void>> start(TaskGroup& group, std::vector<SupervisedSource> sources);
  /// The definitions as they are now: what is new is watched, what is gone ends after its run, what changed
  /// counts from its next run on. After start().
  Task<Result<void>> update(std::vector<SupervisedSource> sources);
  /// Ends runs and previews at their next step (≤ 1 s); the watchers in the group end then.
  void stop();

  std::vector<SourceView> sources() const;
  Result<SourceView> source(std::string_view name) const;
  std::optional<Run> live_run(RunId id) const;
  /// Starts a run; kConflict while there is one, here or elsewhere.
  Task<Result<RunId>> request_run(std::string name);
  Task<Result<void>> set_paused(std::string name, bool paused);
  Task<Result<Preview>> preview(std::string name, std::size_t max_items);

 private:
  struct Job;
  class Output;
  Job* find(std::string_view name) const;
  Result<Job*> find_or_say(std::string_view name) const;
  std::optional<Schedule> schedule_of(const Job& job) const;
  Task<Result<void>> add(SupervisedSource source, SourceState state);
  Task<void> watch(Job& job);
  Task<void> wait_for_turn(Job& job);
  Task<void> look(Job& job);
  bool is_due(const Job& job) const;
  Task<Result<RunId>> begin(Job& job, Trigger trigger);
  Task<void> execute(Job& job);
  Task<RunResult> run(Job& job);
  Task<void> keep_lease(Job& job);
  Task<void> finish(Job& job, RunResult result);
  Task<std::vector<std::string>> complaints(const Job& job, const Run& run);
  void log_end(const Job& job, const Run& run, Health health_before);
  RunTools run_tools(const std::atomic<bool>& stop);
  double chance();

  SupervisorTools tools_;
  SupervisorSettings settings_;
  std::mt19937_64 random_;
  std::atomic<bool> stop_ = false;
  std::vector<std::unique_ptr<Job>> jobs_;
  TaskGroup* group_ = nullptr;
};

}  // namespace filmoteka::scraper
