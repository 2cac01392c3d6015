#include <filmoteka/async/event.hpp>

namespace filmoteka {

Event::Event(Executor executor) : timer_(executor) {
  timer_.expires_at(Timer::time_point::max());
}

void Event::set() {
  is_set_ = true;
  timer_.cancel();
}

Task<void> Event::wait() {
  while (!is_set_) {
    // The timer never runs out: it ends by set() or by the waiter's cancellation, and only the latter is an
    // error.
    const auto [error] = co_await timer_.async_wait(use_task_tuple);
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) throw boost::system::system_error(error);
  }
}

Task<void> sleep_until(std::chrono::steady_clock::time_point when) {
  Timer timer(co_await asio::this_coro::executor);
  timer.expires_at(when);
  co_await timer.async_wait(use_task);
}

Task<void> sleep_for(std::chrono::milliseconds span) {
  co_await sleep_until(std::chrono::steady_clock::now() + span);
}

}  // namespace filmoteka
