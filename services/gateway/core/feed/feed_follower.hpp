/// Keeps the cache true: follows the metadata service's change feed and purges what its changes concern.
#pragma once

#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/cache/http_cache.hpp>
#include <gateway/core/feed/changes.hpp>
#include <gateway/core/origin.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace filmoteka::gateway {

struct FeedSettings {
  /// How long the service waits for a change before it says that there is none. That long plus `patience`
  /// without a word, and the feed is lost.
  std::chrono::seconds wait{1};
  std::chrono::milliseconds patience{1'000};
  std::chrono::milliseconds pause{200};  ///< after a failure
};

/// A film that changed makes its own answers and all lists old, on each gateway by itself, as soon as the
/// feed says so; what was under way meanwhile is recognised by its older revision. While the feed is lost,
/// answers are fresh for a few seconds at most. It begins at the revision of the moment: what was kept
/// before, by us or by others in the second level, is then used only if it is of that revision.
///
/// Replicas may be a little behind each other. One that is behind what was heard before says nothing that is
/// news; as long as that is all there is (a catalogue that was put back), the feed counts as lost.
///
/// Metrics: filmoteka_gateway_feed_connected, filmoteka_gateway_feed_revision,
/// filmoteka_gateway_feed_changes_total.
class FeedFollower {
 public:
  /// `origin` (of thread 0, its targets those of the metadata service) and `cache` outlive it.
  FeedFollower(Origin& origin, HttpCache& cache, const FeedSettings& settings, telemetry::Logger log,
               telemetry::Metrics& metrics);

  /// Ends by cancellation only.
  Task<void> run();

 private:
  Task<Result<Changes>> ask();
  void take(const Changes& changes);
  void lose(const Error& why);
  void set_connected(bool connected);

  Origin& origin_;
  HttpCache& cache_;
  FeedSettings settings_;
  telemetry::Logger log_;
  std::optional<std::uint64_t> heard_;  ///< the revision up to which everything was heard
  std::optional<bool> connected_;
  telemetry::Gauge& connected_gauge_;
  telemetry::Gauge& revision_gauge_;
  telemetry::Counter& changes_;
};

}  // namespace filmoteka::gateway
