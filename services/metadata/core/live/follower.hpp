/// Takes over what other processes write into the same store, and what was missed on the way from a commit to
/// the catalogue.
#pragma once

#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

#include <atomic>
#include <chrono>
#include <string>

namespace filmoteka::metadata {

class Follower {
 public:
  /// Looks at the store when it says that there is news, and at the latest every `interval`.
  Follower(LiveCatalogue& catalogue, MovieStore& store, telemetry::Logger log, telemetry::Metrics& metrics,
           std::chrono::milliseconds interval = std::chrono::seconds(1));

  /// Until it is cancelled. While the store cannot be reached it tries again with growing pauses (at most 5
  /// s); reads go on from memory meanwhile.
  Task<void> run();

  /// "ok", or since when the store cannot be reached and what that means. Thread-safe.
  std::string describe() const;
  bool connected() const { return lost_since_.load() == 0; }

 private:
  Task<Result<void>> catch_up();
  Task<Result<void>> catch_up_views();
  void lost(const Error& error);
  void found();

  LiveCatalogue& catalogue_;
  MovieStore& store_;
  telemetry::Logger log_;
  telemetry::Gauge& connected_;
  std::chrono::milliseconds interval_;
  std::chrono::milliseconds pause_{0};
  std::atomic<std::int64_t> lost_since_{0};  ///< seconds since 1970; 0: not lost
};

}  // namespace filmoteka::metadata
