/// SIGTERM and SIGINT: the first is a request, which a coroutine waits for; the second ends the process at
/// once.
#pragma once

#include <filmoteka/async/task.hpp>

#include <memory>

namespace filmoteka {

/// From construction to destruction the first signal is kept for wait(); the next one calls _exit(130) inside
/// the signal handler, so that it works even if all threads are stuck. At most one object at a time;
/// construct and wait on the executor's thread. Signal dispositions are the process's: the old ones come back
/// at destruction.
class StopSignals {
 public:
  /// Throws std::system_error if the process is out of descriptors.
  explicit StopSignals(Executor executor);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Returns the signal's number. Throws system_error(operation_aborted) when the waiter is cancelled.
  Task<int> wait();

 private:
  class Pipe;
  std::unique_ptr<Pipe> pipe_;
};

/// A peer that has gone is an error of the write, not the end of the process.
void ignore_broken_pipes();

}  // namespace filmoteka
