/// A bounded pool of connections.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/base/backoff.hpp>
#include <filmoteka/sql/postgres/connection.hpp>

#include <atomic>
#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace filmoteka::sql::postgres {

class Pool;

struct PoolSettings {
  ConnectSettings connect;
  std::size_t max_connections = 4;
  std::size_t max_waiting = 1'000;  ///< callers that wait for a connection; more are refused at once
  BackoffSettings backoff;
  /// How long callers wait for a database that does not let anybody connect: a restart is bridged, an outage
  /// is no hang.
  std::chrono::milliseconds patience{2'000};
};

/// A connection for its holder alone. Goes back at the end; one that is in a transaction or no longer usable
/// is closed instead. Must not outlive the pool.
class Lease {
 public:
  Lease(Pool& pool, std::unique_ptr<Connection> connection);
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&&) = delete;
  ~Lease();
  Connection& operator*() const { return *connection_; }
  Connection* operator->() const { return connection_.get(); }

 private:
  Pool* pool_;
  std::unique_ptr<Connection> connection_;
};

/// What the owner shows as metrics. From any thread.
struct PoolFigures {
  std::atomic<std::size_t> in_use = 0;
  std::atomic<std::size_t> idle = 0;
  std::atomic<std::size_t> waiting = 0;
  std::atomic<std::uint64_t> connects = 0;
  std::atomic<std::uint64_t> connect_failures = 0;
};

/// Belongs to one thread: all calls, and all calls of its connections, on the executor's thread (others come
/// through run_on). Connects when somebody asks; after a failure one attempt at a time, with growing pauses.
class Pool {
 public:
  Pool(Executor executor, PoolSettings settings);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// First come, first served. kUnavailable: the database has not been reachable for `patience`, or until the
  /// deadline; all connections were busy until the deadline, or too many wait. Nothing was asked of it then.
  Task<Result<Lease>> acquire(Deadline deadline, std::chrono::milliseconds patience);
  /// With the settings' patience.
  Task<Result<Lease>> acquire(Deadline deadline);

  const PoolFigures& figures() const { return *figures_; }
  /// For metrics that outlive the pool.
  std::shared_ptr<const PoolFigures> shared_figures() const { return figures_; }
  /// False after an attempt to connect has failed, until one succeeds. On the pool's thread.
  bool is_reachable() const { return !backoff_.is_failing(); }
  const ConnectSettings& connect_settings() const { return settings_.connect; }

 private:
  friend class Lease;
  struct Waiter {
    explicit Waiter(Executor executor) : woken(executor) {}
    Event woken;
  };
  class Place;

  Task<Result<Lease>> acquire_in_turn(Waiter& waiter, Deadline deadline, std::chrono::milliseconds patience);
  bool has_lost(std::chrono::milliseconds patience, SteadyTime now) const;
  Task<Result<std::unique_ptr<Connection>>> connect(Deadline deadline);
  std::unique_ptr<Connection> take_idle();
  void give_back(std::unique_ptr<Connection> connection);
  void wake_first();
  Error no_connection() const;

  Executor executor_;
  PoolSettings settings_;
  std::shared_ptr<PoolFigures> figures_ = std::make_shared<PoolFigures>();
  Backoff backoff_;
  std::minstd_rand random_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::list<Waiter> waiting_;
  std::size_t in_use_ = 0;
  std::size_t connecting_ = 0;
  std::optional<Error> last_failure_;
  SteadyTime failing_since_;  ///< of last_failure_'s row of failures
};

}  // namespace filmoteka::sql::postgres
