#include "loop_lag.hpp"
#include "service_manager.hpp"

#include <filmoteka/async/hangup_signal.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/kit/process_metrics.hpp>

#include <cstdlib>

namespace filmoteka::kit {
namespace {

/// A start that throws is a defect or an exhausted machine: the process must still stop in order.
Task<Result<void>> start_safely(Service& service) {
  std::string thrown;
  try {
    co_return co_await service.start();
  } catch (const std::exception& e) {
    thrown = e.what();
  }
  co_return Error{ErrorCode::kInternal, "It failed unexpectedly: " + thrown, {}, {}};
}

std::string text_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "unknown";
  }
}

}  // namespace

Host::Host(const Environment& environment, HostSettings settings)
    : environment_(environment), settings_(settings), stop_(environment.runtime.executor(0)) {}

void Host::add(Service& service, std::optional<OperationsSettings> operations) {
  hosted_.push_back({&service, std::move(operations), nullptr});
}

std::uint16_t Host::operations_port(std::size_t index) const {
  const auto& operations = hosted_.at(index).operations;
  return operations ? operations->port() : std::uint16_t{0};
}

void Host::request_stop(int exit_code) {
  environment_.runtime.executor(0).execute([this, exit_code] {
    if (stop_.is_set()) return;
    exit_code_ = exit_code;
    stop_.set();
  });
}

int Host::run() {
  ignore_broken_pipes();
  register_process_metrics(environment_.metrics, environment_.log);
  environment_.runtime.run(live());
  return exit_code_;
}

Task<void> Host::live() {
  const Executor executor = environment_.runtime.executor(0);
  const auto complain = [this](const std::exception_ptr& failure) {
    environment_.log.error("A background task failed.", {{"error", text_of(failure)}});
  };
  StopSignals signals(executor);  // to the end: a second signal must be seen while services stop
  TaskGroup background(executor, complain);
  TaskGroup servers(executor, complain);
  TaskGroup watchers(executor, complain);
  LoopLag lag(environment_.runtime, environment_.metrics);
  background.spawn(watch(signals));
  if (on_hangup_) background.spawn(watch_hangups());
  lag.start(watchers);
  if (co_await start_all(servers)) {
    if (!stop_.is_set()) {
      phase_ = Phase::kServing;
      background.spawn(announce());
    }
    co_await stop_.wait();
  }
  co_await stop_all(background);
  co_await servers.join();
  co_await lag.stop();
  co_await watchers.join();
  for (Hosted& hosted : hosted_) hosted.operations.reset();
}

Task<bool> Host::start_all(TaskGroup& servers) {
  // Probes get an answer from the first moment: alive, not ready.
  for (Hosted& hosted : hosted_) {
    if (const auto opened = open_operations(hosted, servers); opened.has_error()) {
      failed(hosted.service->name(), opened.error());
      co_return false;
    }
  }
  for (Hosted& hosted : hosted_) {
    if (stop_.is_set()) co_return true;
    const auto begin = environment_.clock.steady_now();
    const auto started = co_await start_safely(*hosted.service);
    if (started.has_error()) {
      failed(hosted.service->name(), started.error());
      co_return false;
    }
    ++started_;
    const std::chrono::duration<double> took = environment_.clock.steady_now() - begin;
    environment_.log.info("Service started.", {{"name", hosted.service->name()}, {"seconds", took.count()}});
  }
  co_return true;
}

Result<void> Host::open_operations(Hosted& hosted, TaskGroup& servers) {
  if (!hosted.settings) return {};
  const auto phase = [this] {
    return phase_.load();
  };
  const auto checks = [service = hosted.service] {
    return service->checks();
  };
  FILMOTEKA_TRY(hosted.operations, Operations::make(environment_, std::string(hosted.service->name()),
                                                    *hosted.settings, phase, checks));
  servers.spawn(hosted.operations->run());
  return {};
}

void Host::failed(std::string_view service, Error error) {
  environment_.log.error("Service did not start.", {{"name", service}, {"error", describe(error)}});
  error.message = std::string(service) + " did not start: " + error.message;
  failure_ = std::move(error);
  exit_code_ = kFailedToStart;
}

Task<void> Host::announce() {
  co_await until_all_ready();
  environment_.log.info("Ready.");
  tell_service_manager("READY=1\nSTATUS=");
  if (on_ready_) co_await on_ready_();
}

Task<void> Host::until_all_ready() {
  constexpr std::chrono::milliseconds kEvery{20};
  constexpr std::chrono::seconds kPatience{5};
  auto complain_at = environment_.clock.steady_now() + kPatience;
  for (;;) {
    std::string waiting;
    for (const Hosted& hosted : hosted_) {
      for (const Check& check : hosted.service->checks()) {
        if (check.ok) continue;
        waiting += (waiting.empty() ? "" : "; ") + std::string(hosted.service->name()) + " " + check.name +
                   ": " + check.message;
      }
    }
    if (waiting.empty()) co_return;
    if (environment_.clock.steady_now() >= complain_at) {
      environment_.log.warning("Not ready yet.", {{"waiting_for", waiting}});
      tell_service_manager("STATUS=Not ready yet: " + waiting);
      complain_at = environment_.clock.steady_now() + kPatience;
    }
    co_await sleep_for(kEvery);
  }
}

Task<void> Host::stop_all(TaskGroup& background) {
  phase_ = Phase::kStopping;
  tell_service_manager("STOPPING=1");
  const auto begin = std::chrono::steady_clock::now();
  const Deadline deadline = Deadline::at(begin + settings_.stop_timeout);
  TaskGroup guard(environment_.runtime.executor(0));
  guard.spawn(give_up_at(deadline.time() + settings_.give_up_after));
  stopping_ = "background work";
  background.cancel();
  co_await background.join();
  for (; started_ > 0; --started_) co_await stop_one(*hosted_[started_ - 1].service, deadline);
  for (Hosted& hosted : hosted_) {
    if (hosted.operations) hosted.operations->stop(deadline);
  }
  guard.cancel();
  co_await guard.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  environment_.log.info("Stopped.", {{"seconds", took.count()}});
}

Task<void> Host::stop_one(Service& service, Deadline deadline) {
  stopping_ = service.name();
  std::string thrown;
  try {
    co_await service.stop(deadline);
  } catch (const std::exception& e) {
    thrown = e.what();
  }
  if (!thrown.empty()) {
    environment_.log.error("Service failed while it stopped.", {{"name", service.name()}, {"error", thrown}});
  }
}

/// Nothing may hang a stop for ever: what was acknowledged is durable, so ending the process loses nothing.
Task<void> Host::give_up_at(SteadyTime when) {
  co_await sleep_until(when);
  environment_.log.error("Did not stop in time: ending the process.", {{"name", stopping_}});
  co_await sleep_for(std::chrono::milliseconds{200});  // for the log's writer
  std::_Exit(kHungAtStop);
}

Task<void> Host::watch(StopSignals& signals) {
  signal_ = co_await signals.wait();
  environment_.log.info("Asked to stop.", {{"signal", signal_}});
  stop_.set();
}

Task<void> Host::watch_hangups() {
  HangupSignal hangup(environment_.runtime.executor(0));
  for (;;) {
    co_await hangup.wait();
    if (phase_ == Phase::kServing) on_hangup_();
  }
}

}  // namespace filmoteka::kit
