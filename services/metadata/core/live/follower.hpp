/// Takes over what other processes write into the same store, and what was missed on the way from a commit to
/// the catalogue.
#pragma once

#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>

namespace filmoteka::metadata {

class Follower {
 public:
  /// Looks at the store when it says that there is news, and at the latest every `interval`.
  Follower(LiveCatalogue& catalogue, MovieStore& store, telemetry::Logger log, telemetry::Metrics& metrics,
           std::chrono::milliseconds interval = std::chrono::seconds(1));

  /// Begins with a look. Returns when the catalogue has to be loaded anew: the store has gone back behind
  /// what was taken from it, or is another one; else it goes on until it is cancelled. After a look that has
  /// failed it looks again twice a second, and when the store says that it is back. Reads go on from memory
  /// meanwhile.
  Task<void> run();

  /// "ok", or since when the store cannot be reached and what that means. Thread-safe.
  std::string describe() const;
  bool connected() const { return lost_since_.load() == 0; }

 private:
  Task<Result<void>> look();
  Task<Result<void>> catch_up();
  Task<Result<void>> catch_up_views();
  void lost(const Error& error);
  void found();
  void check_secret(const std::string& now);
  void went_back(std::string_view what, std::int64_t taken, std::int64_t stored);

  LiveCatalogue& catalogue_;
  MovieStore& store_;
  telemetry::Logger log_;
  telemetry::Gauge& connected_;
  telemetry::Counter& went_back_;
  std::chrono::milliseconds interval_;
  std::chrono::milliseconds pause_{0};
  std::size_t limit_;   ///< films of one answer
  std::string secret_;  ///< of the catalogue that is followed
  std::atomic<bool> is_another_{false};
  std::atomic<std::int64_t> lost_since_{0};  ///< seconds since 1970; 0: not lost
};

}  // namespace filmoteka::metadata
