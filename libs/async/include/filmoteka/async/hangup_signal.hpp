/// SIGHUP: "read your settings again".
#pragma once

#include <filmoteka/async/task.hpp>

#include <boost/asio/basic_signal_set.hpp>

namespace filmoteka {

/// From construction to destruction the signal does not end the process, and is kept for wait(). One thread.
class HangupSignal {
 public:
  explicit HangupSignal(Executor executor);
  /// Returns when the signal has come; those that come together may be one. Throws
  /// system_error(operation_aborted) when the waiter is cancelled.
  Task<void> wait();

 private:
  asio::basic_signal_set<Executor> signals_;
};

}  // namespace filmoteka
