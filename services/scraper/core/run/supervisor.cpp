#include <filmoteka/async/with_deadline.hpp>

#include <scraper/core/run/health.hpp>
#include <scraper/core/run/supervisor.hpp>
#include <scraper/core/run/supervisor_job.hpp>

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

Supervisor::Supervisor(SupervisorTools tools, SupervisorSettings settings, std::uint64_t seed)
    : tools_(std::move(tools)), settings_(settings), random_(seed) {}

Supervisor::~Supervisor() = default;

double Supervisor::chance() {
  return std::uniform_real_distribution<double>(0, 1)(random_);
}

std::optional<Schedule> Supervisor::schedule_of(const Job& job) const {
  const auto& definition = job.source->definition;
  return definition.enabled && settings_.run_schedules ? definition.schedule : std::nullopt;
}

Task<Result<void>> Supervisor::add(SupervisedSource source, SourceState state) {
  auto job = std::make_unique<Job>(std::move(source), tools_.executor, tools_.metrics, tools_.clock);
  state.name = job->source->definition.name;
  state.next_run_at = first_run_at(state, schedule_of(*job), settings_.plan, tools_.clock.now());
  job->state = std::move(state);
  job->metrics.state(job->state);
  FILMOTEKA_CO_CHECK(co_await tools_.store.plan(job->state.name, job->state.next_run_at));
  auto watching = watch(*job);
  jobs_.push_back(std::move(job));
  group_->spawn(std::move(watching));
  co_return Result<void>{};
}

Task<Result<void>> Supervisor::start(TaskGroup& group, std::vector<SupervisedSource> sources) {
  group_ = &group;
  co_return co_await update(std::move(sources));
}

Task<Result<void>> Supervisor::update(std::vector<SupervisedSource> sources) {
  FILMOTEKA_CO_TRY(const auto states, co_await tools_.store.states());
  for (auto& job : jobs_) job->is_removed = true;
  for (auto& source : sources) {
    const auto& name = source.definition.name;
    if (auto* job = find(name)) {
      job->is_removed = false;
      if (job->source->digest == source.digest) continue;
      job->source = std::make_shared<const SupervisedSource>(std::move(source));
      if (!job->current)
        job->state.next_run_at =
            first_run_at(job->state, schedule_of(*job), settings_.plan, tools_.clock.now());
      job->changed.set();
      continue;
    }
    const auto known =
        std::find_if(states.begin(), states.end(), [&name](const auto& state) { return state.name == name; });
    auto state = known == states.end() ? SourceState{} : *known;
    FILMOTEKA_CO_CHECK(co_await add(std::move(source), std::move(state)));
  }
  for (auto& job : jobs_)
    if (job->is_removed) job->changed.set();
  co_return Result<void>{};
}

void Supervisor::stop() {
  stop_ = true;
  for (auto& job : jobs_) {
    job->stop = true;
    job->changed.set();
  }
  tools_.handover.release();
}

Supervisor::Job* Supervisor::find(std::string_view name) const {
  const auto found = std::find_if(jobs_.begin(), jobs_.end(),
                                  [name](const auto& job) { return job->source->definition.name == name; });
  return found == jobs_.end() ? nullptr : found->get();
}

Result<Supervisor::Job*> Supervisor::find_or_say(std::string_view name) const {
  if (auto* job = find(name)) return job;
  return not_found("There is no source called '" + std::string(name) + "'.");
}

std::vector<SourceView> Supervisor::sources() const {
  std::vector<SourceView> views;
  for (const auto& job : jobs_)
    if (!job->is_removed) views.push_back({job->source, job->state, job->current});
  std::sort(views.begin(), views.end(),
            [](const auto& a, const auto& b) { return a.state.name < b.state.name; });
  return views;
}

Result<SourceView> Supervisor::source(std::string_view name) const {
  FILMOTEKA_TRY(const auto* job, find_or_say(name));
  return SourceView{job->source, job->state, job->current};
}

std::optional<Run> Supervisor::live_run(RunId id) const {
  for (const auto& job : jobs_)
    if (job->current && job->current->id == id) return job->current;
  return std::nullopt;
}

bool Supervisor::is_due(const Job& job) const {
  return job.state.next_run_at && !job.state.paused && *job.state.next_run_at <= tools_.clock.now();
}

Task<void> Supervisor::wait_for_turn(Job& job) {
  job.changed.reset();
  if (stop_ || job.is_removed || job.current) co_return;
  auto wait = settings_.look.count() > 0 ? settings_.look : kLongestSleep;
  if (job.state.next_run_at && !job.state.paused)
    wait = std::clamp(*job.state.next_run_at - tools_.clock.now(), std::chrono::milliseconds(0), wait);
  auto woken = until_set(job.changed);
  auto timed = with_deadline(std::move(woken), Deadline::after(wait), "waiting");
  static_cast<void>(co_await std::move(timed));
}

/// Others may have run, paused or planned it.
Task<void> Supervisor::look(Job& job) {
  if (settings_.look.count() == 0 || job.current) co_return;
  auto states = co_await tools_.store.states();
  if (states.has_error()) co_return;
  for (auto& state : *states) {
    if (state.name != job.state.name || job.current) continue;
    job.state = std::move(state);
    job.metrics.state(job.state);
  }
  if (!schedule_of(job)) job.state.next_run_at.reset();
}

Task<void> Supervisor::watch(Job& job) {
  while (!stop_) {
    co_await wait_for_turn(job);
    if (stop_ || (job.is_removed && !job.current)) break;
    co_await look(job);
    if (!job.current && is_due(job) && !job.beginning) {
      const auto begun = co_await begin(job, Trigger::kSchedule);
      // Somebody else was first, or the store is away: looked at again after a while.
      if (begun.has_error()) {
        job.state.next_run_at = tools_.clock.now() + settings_.plan.first_retry;
        if (begun.error().code != ErrorCode::kConflict)
          tools_.log.error("a run could not begin",
                           {{"source", job.state.name}, {"error", describe(begun.error())}});
      }
    }
    if (job.current) co_await execute(job);
  }
  if (!job.is_removed) co_return;
  const auto ended =
      std::find_if(jobs_.begin(), jobs_.end(), [&job](const auto& one) { return one.get() == &job; });
  jobs_.erase(ended);
}

Task<Result<RunId>> Supervisor::begin(Job& job, Trigger trigger) {
  job.beginning = true;
  const Job::Beginning ends{job};
  FILMOTEKA_CO_TRY(auto claimed, co_await tools_.store.claim(job.state.name, settings_.lease));
  const auto now = tools_.clock.now();
  const bool is_theirs =
      trigger == Trigger::kSchedule && settings_.look.count() > 0 &&
      (claimed.state.paused || !claimed.state.next_run_at || *claimed.state.next_run_at > now);
  if (is_theirs) {
    job.state = std::move(claimed.state);
    FILMOTEKA_CO_CHECK(co_await tools_.store.release(claimed.lease));
    co_return Error{ErrorCode::kConflict, "It has just been run.", {}, {}};
  }
  auto state = std::move(claimed.state);
  if (state.resume.empty()) ++state.sweep;
  auto id = co_await tools_.store.begin_run(claimed.lease, trigger, state.sweep, now);
  if (id.has_error()) co_return id;
  job.lease = std::move(claimed.lease);
  state.last_run = *id;
  state.next_run_at.reset();
  job.state = std::move(state);
  job.stop = stop_.load();
  job.lost_lease = false;
  job.moved_on = false;
  Run run;
  run.id = *id;
  run.source = job.state.name;
  run.trigger = trigger;
  run.started_at = now;
  job.current = std::move(run);
  co_return id;
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
  if (paused) job->state.next_run_at.reset();
  if (!paused && !job->state.next_run_at && !job->current)
    job->state.next_run_at = first_run_at(job->state, schedule_of(*job), settings_.plan, tools_.clock.now());
  job->changed.set();
  const auto next_run_at = job->state.next_run_at;
  co_return co_await tools_.store.set_paused(std::move(name), paused, next_run_at);
}

Task<Result<Preview>> Supervisor::preview(std::string name, std::size_t max_items) {
  FILMOTEKA_CO_TRY(const auto* job, find_or_say(name));
  const auto source = job->source;
  RunRequest request;
  request.definition = &source->definition;
  request.file = source->file;
  auto preview = preview_source(run_tools(stop_), std::move(request), max_items);
  co_return co_await std::move(preview);
}

}  // namespace filmoteka::scraper
