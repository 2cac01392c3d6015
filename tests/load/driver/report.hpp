/// What became of the requests: counts and latencies for each class of request and window of time.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace load {

using Clock = std::chrono::steady_clock;

enum class Outcome : std::uint8_t {
  kOk,          ///< 2xx or 304
  kTurnedAway,  ///< 503 or 429 that says when to come again (Retry-After)
  kStatus,      ///< any other status
  kConnect,     ///< no connection
  kBroken,      ///< the connection ended before the answer did, or what came is no answer
  kTimeout,
};
inline constexpr std::size_t kOutcomes = 6;

/// Microseconds in log-linear buckets as HdrHistogram has them: 64 to each power of two, so that a value is
/// known to 1.6 %. Bucket b below 128 is the value b, further ones begin at (64 + b % 64) << (b / 64 - 1).
std::size_t bucket_of(std::uint64_t micros);

struct Counts {
  std::array<std::uint64_t, kOutcomes> outcomes{};
  std::map<std::size_t, std::uint64_t> latencies;  ///< of kOk, by bucket
};

class Report {
 public:
  Report(std::vector<std::string> classes, Clock::time_point begin, Clock::duration window);

  /// `intended`: when the request was to be sent. That it was sent later is part of its latency.
  void add(std::size_t request_class, Clock::time_point intended, Clock::time_point end, Outcome outcome);
  void count_repeated() { ++repeated_; }
  /// How late this driver was with a request that did not have to wait for a connection.
  void was_behind(Clock::duration by);
  /// One line of JSON for each class and window in which there was a request, and a last one with the rest.
  void print(std::FILE* file) const;

 private:
  std::vector<std::string> classes_;
  Clock::time_point begin_;
  Clock::duration window_;
  std::map<std::pair<std::size_t, std::size_t>, Counts> windows_;  ///< by number of the window and class
  std::uint64_t repeated_ = 0;
  Clock::duration behind_{};
};

}  // namespace load
