#include <filmoteka/commands/backup/stop_requests.hpp>

#include <ctime>
#include <initializer_list>

namespace filmoteka::app {

StopRequests::StopRequests() {
  sigemptyset(&stops_);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&stops_, number);
  sigset_t kept_back = stops_;
  sigaddset(&kept_back, SIGPIPE);
  sigprocmask(SIG_BLOCK, &kept_back, &before_);
}

StopRequests::~StopRequests() {
  // A pipe whose reader has gone is no news any more.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  const timespec at_once{0, 0};
  while (sigtimedwait(&pipe, nullptr, &at_once) > 0) {
  }
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

bool StopRequests::arrived() {
  const timespec at_once{0, 0};
  while (sigtimedwait(&stops_, nullptr, &at_once) > 0) arrived_ = true;
  return arrived_;
}

}  // namespace filmoteka::app
