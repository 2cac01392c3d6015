#include <gateway/core/cache/cache_metrics.hpp>

#include <array>
#include <string>

namespace filmoteka::gateway {
namespace {

telemetry::Counter& requests(telemetry::Metrics& metrics, CacheResult result) {
  return metrics.counter("filmoteka_gateway_cache_requests_total",
                         "Requests for cacheable answers by what the cache did",
                         {{"result", std::string(to_string(result))}});
}

}  // namespace

CacheMetrics::CacheMetrics(telemetry::Metrics& metrics, const std::shared_ptr<AnswerStore>& store)
    : all(metrics),
      hits(requests(metrics, CacheResult::kHit)),
      misses(requests(metrics, CacheResult::kMiss)),
      expired(requests(metrics, CacheResult::kExpired)),
      collapsed(requests(metrics, CacheResult::kCollapsed)),
      stale(requests(metrics, CacheResult::kStale)),
      passed(requests(metrics, CacheResult::kPassed)),
      evictions(metrics.counter("filmoteka_gateway_cache_evictions_total",
                                "Cached answers that had to go for others")),
      origin_seconds(metrics.histogram("filmoteka_gateway_origin_seconds", "Time of calls to the origin",
                                       telemetry::latency_buckets())) {
  const auto read = [&metrics, weak = std::weak_ptr(store)](const char* name, const char* help, auto member) {
    metrics.gauge_callback(name, help, [weak, member] {
      const auto alive = weak.lock();
      return alive ? static_cast<double>((*alive.*member)()) : 0.0;
    });
  };
  read("filmoteka_gateway_cache_bytes", "Memory that cached answers are charged with", &AnswerStore::bytes);
  read("filmoteka_gateway_cache_entries", "Cached answers, by spelling of their address", &AnswerStore::size);
}

void CacheMetrics::count(const CacheStatus& status) {
  const std::array<telemetry::Counter*, 6> counters = {&hits, &stale, &misses, &expired, &collapsed, &passed};
  counters[static_cast<std::size_t>(result_of(status))]->increment();
}

void CacheMetrics::count_failure(const Error& error) {
  all.counter("filmoteka_gateway_origin_errors_total", "Calls to the origin that failed, by why",
              {{"code", std::string(to_string(error.code))}})
      .increment();
}

}  // namespace filmoteka::gateway
