/// The origin with the cache and the coalescing in front of it.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/cache/fetched.hpp>
#include <gateway/core/cache/response_cache.hpp>
#include <gateway/core/cache/single_flight.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

struct CachedOriginSettings {
  CacheSettings cache;
  Freshness freshness;
  std::chrono::milliseconds origin_timeout{5'000};  ///< of one call, whoever waits for it
};

/// What the cache did, in the terms of RFC 9211.
enum class Verdict {
  kHit,
  kUriMiss,   ///< there was nothing
  kStale,     ///< what there was had expired
  kCollapsed  ///< a miss that was answered by somebody else's call
};

struct Cached {
  std::shared_ptr<Entry> entry;
  Verdict verdict = Verdict::kHit;
};

/// Thread-safe: each I/O thread has its own connections to the origin, all share the cache and the flights.
class CachedOrigin {
 public:
  /// `origins`: one for each thread of the runtime, in their order.
  CachedOrigin(Runtime& runtime, std::vector<std::unique_ptr<Origin>> origins,
               const CachedOriginSettings& settings, const Clock& clock, telemetry::Logger log,
               telemetry::Metrics& metrics);

  /// A fresh entry stored under that key; null otherwise. Does not wait, makes nothing.
  std::shared_ptr<Entry> find(std::string_view key);

  /// What a miss needs to know of the request that it is for.
  struct Question {
    std::string target;  ///< in normal form, below the prefixes
    std::string_view request_id;
    std::string_view traceparent;
    Deadline deadline = Deadline::never();  ///< the client's; the call to the origin has its own
  };
  struct Answer {
    SingleFlight::Outcome outcome;
    Verdict verdict;
  };
  /// From the cache, or from the origin. Fails like SingleFlight::join. Call on one of the runtime's threads.
  Task<Result<Answer>> get(Question question);

  /// Stores an entry under a further key, or again after it has grown.
  void store(std::string_view key, const std::shared_ptr<Entry>& entry);
  /// Counts a hit that was answered from find().
  void count_hit() { hits_.increment(); }

  /// Ends the calls under way. Call on thread 0, when no more questions come.
  Task<void> stop();

 private:
  struct PerThread {
    std::unique_ptr<Origin> origin;
    std::unique_ptr<TaskGroup> calls;
  };

  PerThread& this_thread(const Executor& executor);
  Task<SingleFlight::Outcome> call(Origin& origin, OriginRequest request, std::string key);
  SingleFlight::Outcome take(OriginAnswer answer, const std::string& key, std::string_view request_id);

  Runtime& runtime_;
  CachedOriginSettings settings_;
  const Clock& clock_;
  telemetry::Logger log_;
  std::shared_ptr<ResponseCache> cache_;  ///< shared with the metrics, which may outlive this
  SingleFlight flights_;
  std::vector<PerThread> threads_;
  telemetry::Counter& hits_;
  telemetry::Counter& misses_;
  telemetry::Counter& expired_;
  telemetry::Counter& collapsed_;
  telemetry::Counter& evictions_;
  telemetry::Histogram& origin_seconds_;
  telemetry::Metrics& metrics_;
};

/// The key of a target in normal form: the target that a client would write for it.
std::string key_of(std::string_view target);

}  // namespace filmoteka::gateway
