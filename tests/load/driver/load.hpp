/// An open loop: requests are due at the times of a Poisson process, whether the earlier ones are answered or
/// not.
#pragma once

#include "connection.hpp"
#include "plan.hpp"
#include "report.hpp"

#include <netinet/in.h>

#include <csignal>
#include <deque>
#include <memory>
#include <random>
#include <vector>

namespace load {

struct Settings {
  sockaddr_in server{};
  double rate = 200;  ///< requests a second
  Clock::duration length = std::chrono::seconds(10);
  Clock::duration timeout = std::chrono::seconds(5);  ///< from the time at which a request was due
  Clock::duration window = std::chrono::milliseconds(100);
  std::size_t connections = 64;  ///< at most; a request that finds none free waits, and that counts
  std::uint64_t seed = 1;
  const volatile std::sig_atomic_t* stop = nullptr;  ///< set: nothing more is sent, what is under way ends
};

class Load {
 public:
  Load(const Settings& settings, const Plan& plan);
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  Report run();

 private:
  struct Waiting {
    const Request* request;
    Clock::time_point intended;
  };

  void take_due(Clock::time_point now);
  void start(const Waiting& one);
  Connection* free_connection();
  void handle_events(Clock::time_point until);
  void expire(Clock::time_point now);
  void finished(Connection& connection);
  bool is_done(Clock::time_point now) const { return now >= end_ && busy_ == 0 && queue_.empty(); }

  Settings settings_;
  const Plan& plan_;
  std::mt19937_64 random_;
  std::exponential_distribution<double> gap_;
  Clock::time_point begin_;
  Clock::time_point end_;
  Clock::time_point next_due_;
  Clock::time_point next_sweep_;
  Report report_;
  int epoll_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<Connection*> free_;
  std::deque<Waiting> queue_;
  std::size_t busy_ = 0;
};

}  // namespace load
