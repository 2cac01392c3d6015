#include <filmoteka/async/per_thread.hpp>
#include <filmoteka/async/post.hpp>

#include <metadata/core/live/revision_signal.hpp>

#include <stdexcept>

namespace filmoteka::metadata {

/// The timers of the coroutines that wait on one thread; touched only there.
struct RevisionSignal::Waiters {
  explicit Waiters(Executor on) : executor(on) {}
  Executor executor;
  std::list<Timer*> timers;
};

RevisionSignal::RevisionSignal(const Runtime& runtime) {
  for (std::size_t i = 0; i < runtime.size(); ++i) {
    threads_.push_back(std::make_shared<Waiters>(runtime.executor(i)));
  }
}

RevisionSignal::~RevisionSignal() = default;

void RevisionSignal::publish(domain::Revision revision) {
  revision_.store(revision, std::memory_order_release);
  wake_all();
}

void RevisionSignal::close() {
  closed_.store(true, std::memory_order_release);
  wake_all();
}

void RevisionSignal::wake_all() {
  for (const auto& waiters : threads_) {
    // The waiters are shared with the message: it may arrive after this object has gone.
    post_to(waiters->executor, [waiters] {
      for (Timer* timer : waiters->timers) timer->cancel();
    });
  }
}

Task<void> RevisionSignal::wait_above(domain::Revision after, Deadline deadline) {
  const Executor executor = co_await asio::this_coro::executor;
  std::shared_ptr<Waiters> waiters;
  for (const auto& candidate : threads_) {
    if (same_thread(candidate->executor, executor)) waiters = candidate;
  }
  if (!waiters) throw std::logic_error("a wait on an executor of another runtime");

  Timer timer(executor);
  const auto place = waiters->timers.insert(waiters->timers.end(), &timer);
  const auto leave = [&waiters, place](void*) {
    waiters->timers.erase(place);
  };
  const std::unique_ptr<void, decltype(leave)> left_at_the_end(waiters.get(), leave);
  while (current() <= after && !closed_.load(std::memory_order_acquire) && !deadline.expired()) {
    timer.expires_at(deadline.time());
    // A cancelled timer is a wake-up; if it is this coroutine that was cancelled, the next wait throws.
    co_await timer.async_wait(use_task_tuple);
  }
}

}  // namespace filmoteka::metadata
