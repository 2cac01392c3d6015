/// A client of one Redis for a whole process: a cache that never costs its callers more than a short wait.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/backoff.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/redis/circuit_breaker.hpp>
#include <filmoteka/redis/commands.hpp>
#include <filmoteka/redis/endpoint.hpp>
#include <filmoteka/redis/reply.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::redis {

struct ClientSettings {
  Endpoint endpoint;
  std::chrono::milliseconds connect_timeout{1'000};  ///< with the greeting
  std::chrono::milliseconds command_timeout{100};    ///< for one call, whatever its own deadline is
  // For each I/O thread; calls beyond are refused at once.
  std::size_t max_in_flight = 1'000;                     ///< commands that are not answered yet
  std::size_t max_unsent_bytes = std::size_t{16} << 20;  ///< of commands that wait to be sent
  ReplyLimits replies;
  BackoffSettings backoff{std::chrono::milliseconds(50), std::chrono::milliseconds(2'000)};
  CircuitBreakerSettings breaker;
};

class Multiplexer;
class Probe;

/// Each I/O thread has one connection, made when it is first needed, on which the calls of all its coroutines
/// are pipelined. Replies are matched by their order; when one is late beyond `command_timeout`, or what came
/// is no reply, the connection is dropped with all that is under way on it, so that no call ever gets
/// another's answer.
///
/// While Redis cannot be reached, calls fail at once: after a failed connection until the back-off's pause is
/// over, after several failed calls until the circuit breaker lets one probe.
class Client {
 public:
  /// `runtime` and `metrics` outlive it.
  Client(const Runtime& runtime, const ClientSettings& settings, telemetry::Metrics& metrics,
         telemetry::Logger log);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Keeps the connections of all threads until it is cancelled. Without it, and after it, calls fail.
  Task<void> run();

  /// One reply for each command, in their order; a command that Redis refuses is a Reply of kind kError.
  /// From a coroutine of any of the runtime's threads. kDeadlineExceeded: no answer in time; kUnavailable:
  /// not reachable, given up for now, or too many calls under way; kCorrupt: the answer was none. After a
  /// failure nobody knows whether the commands were run.
  Task<Result<std::vector<Reply>>> call(Commands commands, Deadline deadline = Deadline::never());

  /// For people: "ok", or what is wrong. Thread-safe.
  std::string describe() const;

 private:
  Multiplexer& of_thread(const Executor& executor);

  std::unique_ptr<Probe> probe_;
  std::vector<Executor> executors_;
  std::vector<std::unique_ptr<Multiplexer>> threads_;
};

}  // namespace filmoteka::redis
