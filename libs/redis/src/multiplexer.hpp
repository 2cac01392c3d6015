/// The calls of one thread on one connection.
#pragma once

#include "connection.hpp"
#include "probe.hpp"

#include <filmoteka/async/event.hpp>
#include <filmoteka/redis/client.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <random>

namespace filmoteka::redis {

/// All calls on the executor's thread. See Client.
class Multiplexer {
 public:
  Multiplexer(Executor executor, const ClientSettings& settings, Probe& probe);

  Task<void> run();
  Task<Result<std::vector<Reply>>> call(Commands commands, Deadline deadline);

 private:
  /// One call. Its replies are due behind those of the calls before it, whether its caller still waits or
  /// not.
  struct Call {
    Call(Executor executor, Commands sent) : commands(std::move(sent)), timer(executor) {}
    void end();

    Commands commands;
    Timer timer;  ///< runs out at the caller's deadline; cancelled at the end
    std::optional<SteadyTime> sent_at;
    std::vector<Reply> replies;
    std::optional<Error> failure;
    bool has_ended = false;
  };
  using Calls = std::deque<std::shared_ptr<Call>>;
  class Permission;
  class Closing;

  std::optional<Error> refusal(const Commands& commands, SteadyTime now);
  Task<Result<std::vector<Reply>>> call_with(Permission& permission, Commands commands, SteadyTime until,
                                             bool is_our_limit);
  void give_up(const std::shared_ptr<Call>& call);
  Task<Result<void>> connect();
  Task<Error> serve();
  Task<Result<void>> send_all();
  std::string take_unsent();
  Task<Result<void>> receive_all();
  Result<void> take(Reply reply);
  void drop(const Error& error);
  void fail(Calls& calls, const Error& error);
  void note_breaker(std::string_view why);

  Executor executor_;
  ClientSettings settings_;
  Probe& probe_;
  CircuitBreaker breaker_;
  Backoff backoff_;
  std::minstd_rand random_;
  Event wanted_;  ///< there is something to send
  Calls unsent_;
  Calls in_flight_;
  std::size_t pending_commands_ = 0;  ///< of both
  std::size_t unsent_bytes_ = 0;
  std::unique_ptr<Connection> connection_;  ///< while it is made or open
  std::optional<Error> dropped_;            ///< why this connection was dropped by us
  bool running_ = false;
  bool breaker_is_open_ = false;
};

}  // namespace filmoteka::redis
