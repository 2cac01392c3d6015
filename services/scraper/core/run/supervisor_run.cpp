/// A run from its beginning to its end, as the supervisor sees it.
#include <scraper/core/run/health.hpp>
#include <scraper/core/run/supervisor.hpp>
#include <scraper/core/run/supervisor_job.hpp>

namespace filmoteka::scraper {

namespace {

bool wants_everything(const SourceState& state, const SourceDefinition& definition, Timestamp now) {
  return !state.last_full_at || *state.last_full_at + definition.full_every <= now;
}

Expected expected_of(const SourceDefinition& definition) {
  const auto* web = definition.web();
  if (web == nullptr) return {};
  return {web->expect.min_items, web->expect.fill};
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : "; ") + line;
  return text;
}

}  // namespace

/// Pages go into the store; metadata hears of them at once.
class Supervisor::Output final : public RunOutput {
 public:
  Output(Supervisor& supervisor, Job& job, bool send_known)
      : supervisor_(supervisor), job_(job), send_known_(send_known) {}

  Task<Result<void>> page(Page page) override {
    auto& run = *job_.current;
    page.run = run.id;
    page.lease = job_.lease;
    page.sweep = job_.state.sweep;
    page.send_known = send_known_;
    run.counts = page.counts;
    run.bytes = page.bytes;
    run.errors = page.errors;
    auto resume = page.resume;
    const auto films = page.films.size();
    const auto rejects = page.rejects.size();
    FILMOTEKA_CO_TRY(const auto committed, co_await supervisor_.tools_.store.commit(std::move(page)));
    job_.state.resume = std::move(resume);
    job_.moved_on = true;
    run.stored += committed.stored;
    run.known += committed.known;
    job_.metrics.page(films, rejects);
    supervisor_.tools_.handover.wake();
    co_await supervisor_.tools_.handover.wait_for_room(job_.stop);
    co_return Result<void>{};
  }

  Task<Result<std::vector<bool>>> known(const std::vector<domain::MovieFacts>& films) override {
    return supervisor_.tools_.store.known(job_.state.name, films);
  }

  Task<Result<std::optional<UrlValidators>>> validators(std::string url) override {
    return supervisor_.tools_.store.validators(job_.state.name, std::move(url));
  }

 private:
  Supervisor& supervisor_;
  Job& job_;
  bool send_known_;
};

RunTools Supervisor::run_tools(const std::atomic<bool>& stop) {
  return {tools_.fetcher, tools_.browser, tools_.pool, tools_.clock, stop};
}

/// Somebody else may take the source over once the lease has run out; then this run must end.
Task<void> Supervisor::keep_lease(Job& job) {
  while (true) {
    co_await sleep_for(settings_.lease / 3);
    const auto lease = job.lease;
    const auto kept = co_await tools_.store.renew(lease, settings_.lease);
    if (kept.has_value() || kept.error().code != ErrorCode::kConflict) continue;
    job.lost_lease = true;
    job.stop = true;
    tools_.handover.release();
    co_return;
  }
}

Task<RunResult> Supervisor::run(Job& job) {
  const auto source = job.source;
  const bool everything = wants_everything(job.state, source->definition, tools_.clock.now());
  Output output(*this, job, everything);
  RunRequest request;
  request.definition = &source->definition;
  request.digest = source->digest;
  request.file = source->file;
  request.resume = job.state.resume;
  request.everything = everything;
  RunResult result;
  try {
    auto run = run_source(run_tools(job.stop), std::move(request), output);
    result = co_await std::move(run);
  } catch (const std::exception& failure) {
    result.end = job.stop ? EndReason::kCancelled : EndReason::kFailed;
    result.message = job.stop ? "Stopped." : "A defect of the scraper ended this run; the log has more.";
    result.counts = job.current->counts;
    if (!job.stop) tools_.log.error("run failed", {{"source", job.state.name}, {"error", failure.what()}});
  }
  co_return result;
}

Task<void> Supervisor::execute(Job& job) {
  tools_.log.info(
      "run started",
      {{"source", job.state.name}, {"run", job.current->id}, {"trigger", to_string(job.current->trigger)}});
  TaskGroup keeping(tools_.executor);
  keeping.spawn(keep_lease(job));
  auto running = run(job);
  auto result = co_await std::move(running);
  keeping.cancel();
  co_await keeping.join();
  co_await finish(job, std::move(result));
}

Task<std::vector<std::string>> Supervisor::complaints(const Job& job, const Run& run) {
  if (!is_success(run.end)) co_return std::vector<std::string>{};
  ListQuery query;
  query.source = run.source;
  query.limit = kHealthHistory * 5;
  auto before = co_await tools_.store.runs(std::move(query));
  std::vector<Run> good;
  if (before.has_value())
    for (auto& one : *before)
      if (one.id != run.id && is_success(one.end) && one.complaints.empty()) good.push_back(std::move(one));
  co_return complaints_of(run, good, expected_of(job.source->definition));
}

Task<void> Supervisor::finish(Job& job, RunResult result) {
  Ending ending;
  ending.lease = job.lease;
  ending.run = *job.current;
  auto& run = ending.run;
  run.ended_at = tools_.clock.now();
  run.end = job.lost_lease ? EndReason::kInterrupted : result.end;
  run.message = job.lost_lease ? "Another scraper has taken the source over." : result.message;
  run.counts = result.counts;
  run.bytes = result.bytes;
  run.errors = result.errors;
  run.observations = std::move(result.observations);
  auto judging = complaints(job, run);
  run.complaints = co_await std::move(judging);
  const bool looks_bad = !run.complaints.empty();
  if (looks_bad) run.message = joined(run.complaints);
  RunEnd end;
  end.reason = run.end;
  end.retry_after = result.retry_after;
  end.ended_at = *run.ended_at;
  end.looks_bad = looks_bad;
  end.full = run.observations.full;
  end.films = run.counts.films;
  end.news = run.stored;
  const auto health_before = job.state.health;
  auto state = job.state;
  state.message = run.message;
  state = after_run(std::move(state), schedule_of(job), settings_.plan, end, chance());
  // What looks wrong at the very place where a run went on may be the place: the next one begins anew.
  const bool is_lost = !job.moved_on && (run.end == EndReason::kDrifted || run.end == EndReason::kFaulty);
  if (is_success(run.end) || is_lost) state.resume.clear();
  ending.state = state;
  if (end.full && !looks_bad && is_success(run.end))
    ending.gone_after = static_cast<int>(job.source->definition.gone_after);
  const auto ended = run;
  const auto saved = co_await tools_.store.end_run(std::move(ending));
  if (saved.has_value() && *saved > 0) tools_.handover.wake();
  const bool is_paused = job.state.paused;
  job.state = std::move(state);
  job.state.paused = is_paused;
  if (is_paused) job.state.next_run_at.reset();
  job.current.reset();
  job.metrics.run_ended(ended.end);
  job.metrics.state(job.state);
  log_end(job, ended, health_before);
  if (saved.has_error())
    tools_.log.error("the end of a run could not be kept",
                     {{"source", ended.source}, {"run", ended.id}, {"error", describe(saved.error())}});
}

void Supervisor::log_end(const Job& job, const Run& run, Health health_before) {
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
                  {"known", run.known},
                  {"rejected", run.counts.rejected},
                  {"errors", run.errors},
                  {"bytes", run.bytes},
                  {"seconds", took.count()}});
}

}  // namespace filmoteka::scraper
