/// How often a host may be asked: pause between requests, back-off after trouble. Pure: time and chance come
/// from the caller.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/fetch/verdict.hpp>

#include <chrono>
#include <optional>

namespace filmoteka::fetch {

struct PolitenessSettings {
  std::chrono::milliseconds min_delay{1'000};  ///< between the end of a request and the next one's start
  double latency_factor = 3;                   ///< a slow host is asked less: pause ≥ factor × its latency
  std::chrono::milliseconds max_delay{30'000};         ///< bound of what latency may ask for
  std::chrono::milliseconds max_crawl_delay{300'000};  ///< bound of what robots.txt may ask for
  double jitter = 0.2;                                 ///< pauses are stretched by up to this share
  std::chrono::milliseconds first_backoff{5'000};      ///< after one failure; doubles with each further one
  std::chrono::milliseconds first_blocked_backoff{15 * 60'000};  ///< the same after being blocked
  std::chrono::milliseconds max_backoff{24 * 3'600'000};
};

/// `first`, doubled `failures - 1` times, at most `most`, stretched by up to `jitter` of itself;
/// `chance` in [0, 1). Zero for zero failures.
std::chrono::milliseconds backoff(int failures, std::chrono::milliseconds first,
                                  std::chrono::milliseconds most, double jitter, double chance);

/// What is known of one host. Not thread-safe.
class HostPoliteness {
 public:
  explicit HostPoliteness(PolitenessSettings settings) : settings_(settings) {}

  void set_min_delay(std::chrono::milliseconds delay) { settings_.min_delay = delay; }
  void set_crawl_delay(std::optional<std::chrono::milliseconds> delay);
  /// Notes the end of a request at `now`; `chance` in [0, 1).
  void finished(Verdict verdict, std::optional<std::chrono::milliseconds> retry_after,
                std::chrono::milliseconds latency, SteadyTime now, double chance);
  /// How long the next request has to wait; zero when it may start at once.
  std::chrono::milliseconds wait(SteadyTime now) const;
  /// After the last answer was a refusal: nobody should wait for so long within a run.
  bool is_blocked(SteadyTime now) const { return blocked_ && now < ready_at_; }
  int failures() const { return failures_; }

 private:
  std::chrono::milliseconds pause(double chance) const;

  PolitenessSettings settings_;
  SteadyTime ready_at_ = SteadyTime::min();
  std::chrono::milliseconds crawl_delay_{0};
  double latency_ms_ = 0;  ///< exponentially smoothed
  int failures_ = 0;       ///< in a row
  bool blocked_ = false;
};

}  // namespace filmoteka::fetch
