/// SIGINT, SIGTERM and SIGHUP for work without threads: kept back, and looked for between two steps.
#pragma once

#include <csignal>

namespace filmoteka::app {

/// One at a time, before any thread is started. SIGPIPE is kept back too: a write to who has gone fails.
class StopRequests {
 public:
  StopRequests();
  /// Gives the signals free; one that came and was not looked for arrives then.
  ~StopRequests();
  StopRequests(const StopRequests&) = delete;
  StopRequests& operator=(const StopRequests&) = delete;

  /// Whether one has come, now or before.
  bool arrived();

 private:
  sigset_t stops_{};
  sigset_t before_{};
  bool arrived_ = false;
};

}  // namespace filmoteka::app
