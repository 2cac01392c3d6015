#include <gateway/adapters/second_level_metrics.hpp>

namespace filmoteka::gateway {
namespace {

telemetry::Counter& lookups(telemetry::Metrics& metrics, const char* result) {
  return metrics.counter("filmoteka_gateway_second_level_lookups_total",
                         "Questions to the cache in Redis: error: not answered in time or not at all, "
                         "unusable: what lay there was none of ours.",
                         {{"result", result}});
}

telemetry::Counter& writes(telemetry::Metrics& metrics, const char* result) {
  return metrics.counter(
      "filmoteka_gateway_second_level_writes_total",
      "Answers for the cache in Redis: dropped: too large, too many under way, or Redis is away.",
      {{"result", result}});
}

telemetry::Counter& bytes(telemetry::Metrics& metrics, const char* direction) {
  return metrics.counter("filmoteka_gateway_second_level_bytes_total",
                         "Compressed bytes read from and written to the cache in Redis.",
                         {{"direction", direction}});
}

}  // namespace

SecondLevelMetrics::SecondLevelMetrics(telemetry::Metrics& metrics)
    : hits(lookups(metrics, "hit")),
      misses(lookups(metrics, "miss")),
      errors(lookups(metrics, "error")),
      unusable(lookups(metrics, "unusable")),
      seconds(metrics.histogram("filmoteka_gateway_second_level_lookup_seconds",
                                "Time of questions to the cache in Redis, whatever became of them.",
                                {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1})),
      bytes_read(bytes(metrics, "read")),
      written(writes(metrics, "written")),
      failed(writes(metrics, "failed")),
      dropped(writes(metrics, "dropped")),
      bytes_written(bytes(metrics, "written")) {}

}  // namespace filmoteka::gateway
