/// What the cache counts.
#pragma once

#include <filmoteka/base/error.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/cache/answer_store.hpp>
#include <gateway/core/http_caching/cache_status.hpp>

#include <memory>

namespace filmoteka::gateway {

/// filmoteka_gateway_cache_requests_total{result} (by CacheResult), _cache_evictions_total, _cache_bytes,
/// _cache_entries, _origin_seconds, _origin_errors_total{code}. Thread-safe.
struct CacheMetrics {
  CacheMetrics(telemetry::Metrics& metrics, const std::shared_ptr<AnswerStore>& store);

  void count(const CacheStatus& status);
  void count_failure(const Error& error);

  telemetry::Metrics& all;
  telemetry::Counter& hits;
  telemetry::Counter& misses;
  telemetry::Counter& expired;
  telemetry::Counter& collapsed;
  telemetry::Counter& stale;
  telemetry::Counter& passed;
  telemetry::Counter& evictions;
  telemetry::Histogram& origin_seconds;
};

}  // namespace filmoteka::gateway
