#include <filmoteka/async/hangup_signal.hpp>

#include <csignal>

namespace filmoteka {

HangupSignal::HangupSignal(Executor executor) : signals_(executor, SIGHUP) {}

Task<void> HangupSignal::wait() {
  co_await signals_.async_wait(use_task);
}

}  // namespace filmoteka
