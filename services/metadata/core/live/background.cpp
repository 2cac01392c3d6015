#include <filmoteka/async/event.hpp>

#include <metadata/core/live/background.hpp>

#include <exception>
#include <random>
#include <utility>

namespace filmoteka::metadata {
namespace {

std::string text_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "something that is no std::exception";
  }
}

}  // namespace

Background::Background(Executor executor, telemetry::Logger log, telemetry::Metrics& metrics,
                       BackoffSettings pauses)
    : log_(std::move(log)),
      failures_(metrics.counter("filmoteka_metadata_background_failures_total",
                                "Background work that failed by a defect and was started anew.")),
      pauses_(pauses),
      group_(executor) {}

void Background::spawn(std::string name, std::function<Task<void>()> work) {
  Work& kept = works_.emplace_back();
  kept.name = std::move(name);
  kept.make = std::move(work);
  group_.spawn(keep_going(kept));
}

Task<void> Background::keep_going(Work& work) {
  Backoff backoff(pauses_);
  std::minstd_rand random(std::random_device{}());
  std::uniform_real_distribution<double> jitter(0, 1);
  for (;;) {
    const SteadyTime begin = std::chrono::steady_clock::now();
    std::exception_ptr thrown;
    try {
      auto running = work.make();
      co_await std::move(running);
    } catch (...) {
      thrown = std::current_exception();
    }
    // Not is_cancellation(): a defect may look like one, and would end this for ever.
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return;
    if (std::chrono::steady_clock::now() - begin > pauses_.longest) backoff.succeeded();
    failed(work, backoff, jitter(random), thrown ? text_of(thrown) : "it ended");
    auto pausing = sleep_until(backoff.next_attempt());
    co_await std::move(pausing);
  }
}

void Background::failed(Work& work, Backoff& backoff, double random, const std::string& detail) {
  const SteadyTime now = std::chrono::steady_clock::now();
  backoff.failed(now, random);
  const SteadyTime next = backoff.next_attempt();
  work.ill_until = next + (next - now);
  failures_.increment();
  log_.error("background work failed; it is started anew", {{"work", work.name}, {"detail", detail}});
}

bool Background::is_well() const {
  const SteadyTime now = std::chrono::steady_clock::now();
  for (const Work& work : works_) {
    if (now < work.ill_until.load()) return false;
  }
  return true;
}

std::string Background::describe() const {
  const SteadyTime now = std::chrono::steady_clock::now();
  std::string failed;
  for (const Work& work : works_) {
    if (now >= work.ill_until.load()) continue;
    if (!failed.empty()) failed += ", ";
    failed += work.name;
  }
  return failed.empty() ? "ok" : "failed and started anew, see the log: " + failed;
}

}  // namespace filmoteka::metadata
