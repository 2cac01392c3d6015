/// Runs services in a process: start in order, readiness, signals, stop in reverse order.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/stop_signals.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/kit/operations.hpp>
#include <filmoteka/kit/service.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::kit {

struct HostSettings {
  std::chrono::milliseconds stop_timeout{10'000};  ///< for what is under way when it is asked to stop
  std::chrono::milliseconds give_up_after{
      2'000};  ///< beyond that: a service that hangs ends the process, exit code 3
};

/// Lifetime: constructed → add() for each service → run() once. The environment and the services outlive it.
class Host {
 public:
  static constexpr int kFailedToStart = 1;
  static constexpr int kHungAtStop = 3;

  Host(const Environment& environment, HostSettings settings = {});

  /// Services start in this order and stop in the reverse one. Without `operations` the service has no such
  /// port.
  void add(Service& service, std::optional<OperationsSettings> operations = std::nullopt);
  /// Called once, on thread 0, when all services have started and all checks are ok. The task is cancelled
  /// when the process is to stop; what it throws is logged.
  void on_ready(std::function<Task<void>()> task) { on_ready_ = std::move(task); }

  /// Called on thread 0 when SIGHUP comes. Without it the signal does what it always does: it ends the
  /// process.
  void on_hangup(std::function<void()> reload) { on_hangup_ = std::move(reload); }

  /// Runs the environment's runtime until SIGTERM, SIGINT or request_stop(): at once not ready, then all
  /// services are stopped. A second signal ends the process with 130. Returns the exit code: 0,
  /// kFailedToStart (see failure()), or what request_stop() said.
  int run();
  /// From any thread, while run() runs. The first call decides the exit code.
  void request_stop(int exit_code = 0);

  Phase phase() const { return phase_.load(); }
  /// The signal that asked to stop; 0 if none did.
  int signal() const { return signal_; }
  /// Why it did not start, for people.
  const std::optional<Error>& failure() const { return failure_; }
  /// The operations port of the service added as number `index`; 0 if it has none or run() has not made it
  /// yet.
  std::uint16_t operations_port(std::size_t index) const;

 private:
  struct Hosted {
    Service* service;
    std::optional<OperationsSettings> settings;
    std::unique_ptr<Operations> operations;
  };

  Task<void> live();
  Task<bool> start_all(TaskGroup& servers);
  Result<void> open_operations(Hosted& hosted, TaskGroup& servers);
  Task<void> announce();
  Task<void> until_all_ready();
  Task<void> stop_all(TaskGroup& background);
  Task<void> watch(StopSignals& signals);
  Task<void> watch_hangups();
  Task<void> give_up_at(SteadyTime when);
  Task<void> stop_one(Service& service, Deadline deadline);
  void failed(std::string_view service, Error error);

  Environment environment_;
  HostSettings settings_;
  std::vector<Hosted> hosted_;
  std::size_t started_ = 0;  ///< the first so many services have started
  std::function<Task<void>()> on_ready_;
  std::function<void()> on_hangup_;
  std::atomic<Phase> phase_ = Phase::kStarting;
  Event stop_;
  int exit_code_ = 0;
  int signal_ = 0;
  std::optional<Error> failure_;
  std::string stopping_;  ///< the service that is being stopped
};

}  // namespace filmoteka::kit
