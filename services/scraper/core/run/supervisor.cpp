#include <filmoteka/async/with_deadline.hpp>

#include <scraper/core/run/supervisor.hpp>

#include <algorithm>

namespace filmoteka::scraper {

namespace {

/// The wall clock may jump: nobody sleeps longer than this without looking at it again.
constexpr std::chrono::milliseconds kLongestSleep = std::chrono::minutes(1);

Task<Result<void>> until_set(Event& event) {
  co_await event.wait();
  co_return Result<void>{};
}

}  // namespace

struct Supervisor::Job {
  Job(SupervisedSource supervised, Executor executor, telemetry::Metrics& registry, const Clock& clock)
      : source(std::move(supervised)), metrics(registry, source.definition.name, clock), changed(executor) {
    state.name = source.definition.name;
  }
  bool is_scheduled() const { return source.definition.enabled && source.definition.schedule.has_value(); }

  SupervisedSource source;
  SourceMetrics metrics;
  Event changed;  ///< a run was asked for, paused or resumed, or we stop
  SourceState state;
  std::optional<Run> current;
  bool beginning = false;  ///< between the wish for a run and its number
};

/// Pages go into the store; metadata hears of them at once.
class Supervisor::Output final : public RunOutput {
 public:
  Output(Supervisor& supervisor, Job& job) : supervisor_(supervisor), job_(job) {}

  Task<Result<void>> page(Page page) override {
    auto& run = *job_.current;
    page.run = run.id;
    run.counts = page.counts;
    run.bytes = page.bytes;
    run.errors = page.errors;
    job_.state.resume = page.resume;
    const auto films = page.films.size();
    const auto rejects = page.rejects.size();
    FILMOTEKA_CO_CHECK(co_await supervisor_.tools_.store.commit(std::move(page)));
    run.stored += films;
    job_.metrics.page(films, rejects);
    supervisor_.tools_.handover.wake();
    co_await supervisor_.tools_.handover.wait_for_room(supervisor_.stop_);
    co_return Result<void>{};
  }

 private:
  Supervisor& supervisor_;
  Job& job_;
};

Supervisor::Supervisor(SupervisorTools tools, PlanSettings plan, bool run_schedules, std::uint64_t seed,
                       std::vector<SupervisedSource> sources)
    : tools_(std::move(tools)), plan_(plan), run_schedules_(run_schedules), random_(seed) {
  for (auto& source : sources)
    jobs_.push_back(std::make_unique<Job>(std::move(source), tools_.executor, tools_.metrics, tools_.clock));
}

Supervisor::~Supervisor() = default;

double Supervisor::chance() {
  return std::uniform_real_distribution<double>(0, 1)(random_);
}

RunTools Supervisor::run_tools() {
  return {tools_.fetcher, tools_.pool, tools_.clock, stop_};
}

Task<Result<void>> Supervisor::start(TaskGroup& group) {
  FILMOTEKA_CO_TRY(const auto states, co_await tools_.store.states());
  for (const auto& state : states)
    if (auto* job = find(state.name)) job->state = state;
  for (auto& job : jobs_) {
    auto& state = job->state;
    if (state.last_success_at) job->metrics.succeeded_at(*state.last_success_at);
    const auto& schedule = job->source.definition.schedule;
    state.next_run_at = job->is_scheduled() && run_schedules_
                            ? first_run_at(state, schedule, plan_, tools_.clock.now())
                            : std::nullopt;
    FILMOTEKA_CO_CHECK(co_await tools_.store.save(state));
    group.spawn(watch(*job));
  }
  co_return Result<void>{};
}

void Supervisor::stop() {
  stop_ = true;
  for (auto& job : jobs_) job->changed.set();
  tools_.handover.release();
}

Supervisor::Job* Supervisor::find(std::string_view name) const {
  const auto found = std::find_if(jobs_.begin(), jobs_.end(),
                                  [name](const auto& job) { return job->source.definition.name == name; });
  return found == jobs_.end() ? nullptr : found->get();
}

Result<Supervisor::Job*> Supervisor::find_or_say(std::string_view name) const {
  if (auto* job = find(name)) return job;
  return not_found("There is no source called '" + std::string(name) + "'.");
}

std::vector<SourceView> Supervisor::sources() const {
  std::vector<SourceView> views;
  for (const auto& job : jobs_) views.push_back({&job->source, job->state, job->current});
  return views;
}

Result<SourceView> Supervisor::source(std::string_view name) const {
  FILMOTEKA_TRY(const auto* job, find_or_say(name));
  return SourceView{&job->source, job->state, job->current};
}

std::optional<Run> Supervisor::live_run(RunId id) const {
  for (const auto& job : jobs_)
    if (job->current && job->current->id == id) return job->current;
  return std::nullopt;
}

Task<void> Supervisor::wait_for_turn(Job& job) {
  job.changed.reset();
  if (stop_ || job.current) co_return;
  auto wait = kLongestSleep;
  if (job.state.next_run_at && !job.state.paused)
    wait =
        std::clamp(*job.state.next_run_at - tools_.clock.now(), std::chrono::milliseconds(0), kLongestSleep);
  auto woken = until_set(job.changed);
  auto timed = with_deadline(std::move(woken), Deadline::after(wait), "waiting");
  static_cast<void>(co_await std::move(timed));
}

Task<void> Supervisor::watch(Job& job) {
  while (!stop_) {
    co_await wait_for_turn(job);
    if (stop_) break;
    const bool due =
        job.state.next_run_at && !job.state.paused && *job.state.next_run_at <= tools_.clock.now();
    if (!job.current && due && !job.beginning) {
      const auto begun = co_await begin(job, Trigger::kSchedule);
      if (begun.has_error()) {
        tools_.log.error("a run could not begin",
                         {{"source", job.state.name}, {"error", describe(begun.error())}});
        job.state.next_run_at = tools_.clock.now() + plan_.first_retry;
      }
    }
    if (job.current) co_await execute(job);
  }
}

Task<Result<RunId>> Supervisor::begin(Job& job, Trigger trigger) {
  job.beginning = true;
  const auto now = tools_.clock.now();
  auto id = co_await tools_.store.begin_run(job.state.name, trigger, now);
  job.beginning = false;
  if (id.has_error()) co_return id;
  Run run;
  run.id = *id;
  run.source = job.state.name;
  run.trigger = trigger;
  run.started_at = now;
  job.current = std::move(run);
  job.state.last_run = *id;
  job.state.next_run_at.reset();
  co_return id;
}

Task<void> Supervisor::execute(Job& job) {
  tools_.log.info(
      "run started",
      {{"source", job.state.name}, {"run", job.current->id}, {"trigger", to_string(job.current->trigger)}});
  Output output(*this, job);
  RunRequest request;
  request.definition = &job.source.definition;
  request.file = job.source.file;
  request.resume = job.state.resume;
  RunResult result;
  try {
    auto run = run_source(run_tools(), std::move(request), output);
    result = co_await std::move(run);
  } catch (const std::exception& failure) {
    result.end = stop_ ? EndReason::kCancelled : EndReason::kFailed;
    result.message = stop_ ? "Stopped." : "A defect of the scraper ended this run; the log has more.";
    result.counts = job.current->counts;
    result.resume = job.state.resume;
    if (!stop_) tools_.log.error("run failed", {{"source", job.state.name}, {"error", failure.what()}});
  }
  co_await finish(job, std::move(result));
}

Task<void> Supervisor::finish(Job& job, RunResult result) {
  auto run = *job.current;
  run.ended_at = tools_.clock.now();
  run.end = result.end;
  run.message = result.message;
  run.counts = result.counts;
  run.bytes = result.bytes;
  run.errors = result.errors;
  const auto health_before = job.state.health;
  const RunEnd end{result.end, result.retry_after, *run.ended_at};
  const auto schedule = job.is_scheduled() && run_schedules_ ? job.source.definition.schedule : std::nullopt;
  job.state.message = result.message;
  job.state = after_run(std::move(job.state), schedule, plan_, end, chance());
  job.state.resume = result.resume;
  const auto saved = co_await tools_.store.end_run(run, job.state);
  job.current.reset();
  job.metrics.run_ended(result.end);
  if (job.state.last_success_at) job.metrics.succeeded_at(*job.state.last_success_at);
  const auto level = job.state.health != Health::kOk && health_before == Health::kOk
                         ? telemetry::LogLevel::kWarning
                         : telemetry::LogLevel::kInfo;
  const std::chrono::duration<double> took = *run.ended_at - run.started_at;
  tools_.log.log(level, "run ended",
                 {{"source", run.source},
                  {"run", run.id},
                  {"end", to_string(run.end)},
                  {"message", run.message},
                  {"films", run.counts.films},
                  {"rejected", run.counts.rejected},
                  {"errors", run.errors},
                  {"bytes", run.bytes},
                  {"seconds", took.count()}});
  if (saved.has_error())
    tools_.log.error("the end of a run could not be kept", {{"error", describe(saved.error())}});
}

Task<Result<RunId>> Supervisor::request_run(std::string name) {
  FILMOTEKA_CO_TRY(auto* job, find_or_say(name));
  if (stop_) co_return unavailable("The scraper is stopping.");
  if (job->current || job->beginning)
    co_return Error{ErrorCode::kConflict, "The source '" + name + "' is running already.", {}, {}};
  auto id = co_await begin(*job, Trigger::kManual);
  job->changed.set();
  co_return id;
}

Task<Result<void>> Supervisor::set_paused(std::string name, bool paused) {
  FILMOTEKA_CO_TRY(auto* job, find_or_say(name));
  job->state.paused = paused;
  const auto& schedule = job->source.definition.schedule;
  if (paused) job->state.next_run_at.reset();
  if (!paused && job->is_scheduled() && run_schedules_ && !job->state.next_run_at && !job->current)
    job->state.next_run_at = first_run_at(job->state, schedule, plan_, tools_.clock.now());
  auto state = job->state;
  job->changed.set();
  co_return co_await tools_.store.save(std::move(state));
}

Task<Result<Preview>> Supervisor::preview(std::string name, std::size_t max_items) {
  FILMOTEKA_CO_TRY(const auto* job, find_or_say(name));
  RunRequest request;
  request.definition = &job->source.definition;
  request.file = job->source.file;
  auto preview = preview_source(run_tools(), std::move(request), max_items);
  co_return co_await std::move(preview);
}

}  // namespace filmoteka::scraper
