#include "pool_step.hpp"

#include <filmoteka/async/with_deadline.hpp>
#include <filmoteka/sql/postgres/pool.hpp>

namespace filmoteka::sql::postgres {

Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : pool_(&pool), connection_(std::move(connection)) {}
Lease::Lease(Lease&& other) noexcept = default;
Lease::~Lease() {
  if (connection_) pool_->give_back(std::move(connection_));
}

/// A place in the queue, left whatever happens.
class Pool::Place {
 public:
  explicit Place(Pool& pool)
      : pool_(pool), waiter_(pool.waiting_.emplace(pool.waiting_.end(), pool.executor_)) {
    pool_.figures_->waiting = pool_.waiting_.size();
  }
  ~Place() {
    pool_.waiting_.erase(waiter_);
    pool_.figures_->waiting = pool_.waiting_.size();
    pool_.wake_first();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  Waiter& waiter() { return *waiter_; }

 private:
  Pool& pool_;
  std::list<Waiter>::iterator waiter_;
};

Pool::Pool(Executor executor, PoolSettings settings)
    : executor_(executor),
      settings_(std::move(settings)),
      backoff_(settings_.backoff),
      random_(std::random_device{}()) {}
Pool::~Pool() = default;

Task<Result<Lease>> Pool::acquire(Deadline deadline) {
  return acquire(deadline, settings_.patience);
}

Task<Result<Lease>> Pool::acquire(Deadline deadline, std::chrono::milliseconds patience) {
  if (waiting_.size() >= settings_.max_waiting) {
    co_return unavailable("The database is busy: try again.",
                          std::to_string(waiting_.size()) + " callers wait for a connection");
  }
  Place place(*this);
  auto taking = acquire_in_turn(place.waiter(), deadline, patience);
  co_return co_await std::move(taking);
}

bool Pool::has_lost(std::chrono::milliseconds patience, SteadyTime now) const {
  return backoff_.is_failing() && now - failing_since_ >= patience;
}

Task<Result<Lease>> Pool::acquire_in_turn(Waiter& waiter, Deadline deadline,
                                          std::chrono::milliseconds patience) {
  for (;;) {
    const SteadyTime now = std::chrono::steady_clock::now();
    const bool in_turn = &waiter == &waiting_.front();
    const PoolCounts counts{idle_.size(), in_use_, connecting_};
    const PoolStep step =
        in_turn ? next_step(counts, settings_.max_connections, backoff_, now) : PoolStep::kWait;
    if (step == PoolStep::kTake) {
      if (auto connection = take_idle()) co_return Lease(*this, std::move(connection));
      continue;
    }
    if (deadline.expired(now)) co_return no_connection();
    if (step == PoolStep::kConnect) {
      auto connecting = connect(deadline);
      Result<std::unique_ptr<Connection>> connection = co_await std::move(connecting);
      if (connection.has_value()) co_return Lease(*this, std::move(connection).value());
      // Wrong settings do not get better by waiting.
      if (connection.error().code == ErrorCode::kInvalidArgument) co_return connection.error();
      continue;
    }
    if (has_lost(patience, now)) co_return no_connection();
    Deadline until = deadline;
    if (step == PoolStep::kPause) until = earliest(until, Deadline::at(backoff_.next_attempt()));
    if (backoff_.is_failing()) until = earliest(until, Deadline::at(failing_since_ + patience));
    waiter.woken.reset();
    auto sleep = [](Event& woken) -> Task<Result<void>> {
      co_await woken.wait();
      co_return Result<void>();
    };
    auto waiting = with_deadline(sleep(waiter.woken), until, "Waiting for a connection");
    co_await std::move(waiting);
  }
}

Task<Result<std::unique_ptr<Connection>>> Pool::connect(Deadline deadline) {
  struct Count {
    explicit Count(Pool& owner) : pool(owner) { ++pool.connecting_; }
    ~Count() { --pool.connecting_; }
    Pool& pool;
  } count(*this);
  const Deadline own = Deadline::after(settings_.connect.connect_timeout);
  auto opening = Connection::open(settings_.connect, earliest(own, deadline));
  Result<std::unique_ptr<Connection>> opened = co_await std::move(opening);
  if (opened.has_value()) {
    ++figures_->connects;
    backoff_.succeeded();
    last_failure_.reset();
    figures_->in_use = ++in_use_;
  } else {
    ++figures_->connect_failures;
    std::uniform_real_distribution<double> jitter(0, 1);
    if (!backoff_.is_failing()) failing_since_ = std::chrono::steady_clock::now();
    backoff_.failed(std::chrono::steady_clock::now(), jitter(random_));
    last_failure_ = opened.error();
  }
  co_return opened;
}

std::unique_ptr<Connection> Pool::take_idle() {
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  figures_->idle = idle_.size();
  if (!connection->is_usable()) return nullptr;
  figures_->in_use = ++in_use_;
  return connection;
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  figures_->in_use = --in_use_;
  if (connection->is_usable() && !connection->in_transaction()) idle_.push_back(std::move(connection));
  figures_->idle = idle_.size();
  wake_first();
}

void Pool::wake_first() {
  if (!waiting_.empty()) waiting_.front().woken.set();
}

Error Pool::no_connection() const {
  if (last_failure_)
    return unavailable("The database cannot be reached: try again later.", last_failure_->detail);
  return unavailable("The database is busy: try again.", "all connections were in use until the deadline");
}

}  // namespace filmoteka::sql::postgres
