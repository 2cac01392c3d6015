/// One client connection of HTTP/1.1: a request, its answer, the next request. Never blocks.
#pragma once

#include "plan.hpp"
#include "report.hpp"

#include <netinet/in.h>

#include <cstdint>
#include <string>

namespace load {

class Connection {
 public:
  enum class State : std::uint8_t { kClosed, kIdle, kBusy };

  explicit Connection(const sockaddr_in& server) : server_(server) {}
  ~Connection() { close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Opens a connection where there is none. Afterwards kBusy; on_event() and expire() give the outcome.
  void start(const Request& request, Clock::time_point intended, Clock::time_point deadline, int epoll);
  /// To be called for each event of the socket. True: the request is done, with outcome().
  bool on_event();
  void expire();

  State state() const { return state_; }
  Outcome outcome() const { return outcome_; }
  const Request& request() const { return *request_; }
  Clock::time_point intended() const { return intended_; }
  Clock::time_point deadline() const { return deadline_; }
  /// The server had closed a connection that had rested before it got the request: it may be sent once more.
  bool may_repeat() const { return was_reused_ && received_.empty() && request_->is_safe; }
  void close();

 private:
  bool open(int epoll);
  void rest();
  bool send_rest();
  bool receive();
  bool head_is_there();
  bool finish(Outcome outcome, bool keep);

  sockaddr_in server_;
  int socket_ = -1;
  State state_ = State::kClosed;
  Outcome outcome_ = Outcome::kOk;
  const Request* request_ = nullptr;
  Clock::time_point intended_;
  Clock::time_point deadline_;
  bool was_reused_ = false;
  std::size_t sent_ = 0;
  std::string received_;  ///< the head of the answer, and what came with it
  bool has_head_ = false;
  bool keep_alive_ = true;
  std::uint64_t body_left_ = 0;
};

}  // namespace load
