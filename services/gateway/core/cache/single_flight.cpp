#include <filmoteka/async/runtime.hpp>

#include <gateway/core/cache/single_flight.hpp>

#include <utility>

namespace filmoteka::gateway {

/// Touched by its own thread only: the end of a flight comes to it as a posted call.
struct SingleFlight::Waiter {
  explicit Waiter(Executor own) : executor(own), timer(own) {}
  Executor executor;
  Timer timer;  ///< runs out at the waiter's deadline; cancelled when the flight has landed
  bool landed = false;
  Outcome outcome;
};

Task<Result<SingleFlight::Ticket>> SingleFlight::join(std::string key, TaskGroup& group, Call call,
                                                      Deadline deadline) {
  const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
  const bool first = board(key, waiter);
  if (first) {
    auto flight = fly(std::move(key), std::move(call));
    group.spawn(std::move(flight));
  }
  if (!waiter->landed) {
    waiter->timer.expires_at(deadline.time());
    const auto [error] = co_await waiter->timer.async_wait(use_task_tuple);
    if (!waiter->landed) {
      if (error) throw boost::system::system_error(error);
      co_return deadline_exceeded("It took too long to get an answer.");
    }
  }
  if (!waiter->outcome) co_return Error{ErrorCode::kCancelled, "The service is stopping.", {}, {}};
  co_return Ticket{waiter->outcome, !first};
}

void SingleFlight::start(std::string key, TaskGroup& group, Call call) {
  if (!board(key, nullptr)) return;
  auto flight = fly(std::move(key), std::move(call));
  group.spawn(std::move(flight));
}

/// True if there was no flight: it is to be started.
bool SingleFlight::board(const std::string& key, std::shared_ptr<Waiter> waiter) {
  const std::lock_guard lock(mutex_);
  const auto [flight, is_new] = flights_.try_emplace(key);
  if (waiter) flight->second.push_back(std::move(waiter));
  return is_new;
}

Task<void> SingleFlight::fly(std::string key, Call call) {
  Outcome outcome;
  std::exception_ptr failure;
  try {
    auto task = call();
    outcome = co_await std::move(task);
  } catch (...) {
    failure = std::current_exception();
  }
  land(key, outcome);
  if (failure) std::rethrow_exception(failure);
}

void SingleFlight::land(const std::string& key, const Outcome& outcome) {
  Waiters waiters;
  {
    const std::lock_guard lock(mutex_);
    const auto found = flights_.find(key);
    waiters = std::move(found->second);
    flights_.erase(found);
  }
  for (auto& waiter : waiters) {
    const Executor executor = waiter->executor;
    asio::post(executor, [waiter = std::move(waiter), outcome] {
      waiter->landed = true;
      waiter->outcome = outcome;
      waiter->timer.cancel();
    });
  }
}

}  // namespace filmoteka::gateway
