/// What is counted of the second level.
#pragma once

#include <filmoteka/telemetry/metrics.hpp>

namespace filmoteka::gateway {

/// Thread-safe.
struct SecondLevelMetrics {
  explicit SecondLevelMetrics(telemetry::Metrics& metrics);

  // Lookups:
  telemetry::Counter& hits;
  telemetry::Counter& misses;
  telemetry::Counter& errors;    ///< not answered in time, or not at all
  telemetry::Counter& unusable;  ///< what lay there was none of ours
  telemetry::Histogram& seconds;
  telemetry::Counter& bytes_read;  ///< compressed
  // Writes:
  telemetry::Counter& written;
  telemetry::Counter& failed;
  telemetry::Counter& dropped;  ///< not tried
  telemetry::Counter& bytes_written;
};

}  // namespace filmoteka::gateway
