#include <gateway/core/cache/cache_metrics.hpp>

#include <string>

namespace filmoteka::gateway {
namespace {

telemetry::Counter& requests(telemetry::Metrics& metrics, const char* result) {
  return metrics.counter("filmoteka_gateway_cache_requests_total",
                         "Requests for cacheable answers by what the cache did", {{"result", result}});
}

}  // namespace

CacheMetrics::CacheMetrics(telemetry::Metrics& metrics, const std::shared_ptr<AnswerStore>& store)
    : all(metrics),
      hits(requests(metrics, "hit")),
      misses(requests(metrics, "miss")),
      expired(requests(metrics, "expired")),
      collapsed(requests(metrics, "collapsed")),
      stale(requests(metrics, "stale")),
      passed(requests(metrics, "passed")),
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
  const bool is_stale = status.time_to_live && status.time_to_live->count() <= 0;
  telemetry::Counter& counter = status.collapsed                       ? collapsed
                                : is_stale                             ? stale
                                : status.forward == Forward::kNone     ? hits
                                : status.forward == Forward::kStale    ? expired
                                : status.forward == Forward::kUriMiss  ? misses
                                : status.forward == Forward::kVaryMiss ? misses
                                                                       : passed;
  counter.increment();
}

void CacheMetrics::count_failure(const Error& error) {
  all.counter("filmoteka_gateway_origin_errors_total", "Calls to the origin that failed, by why",
              {{"code", std::string(to_string(error.code))}})
      .increment();
}

}  // namespace filmoteka::gateway
