/// What the scraper counts for Prometheus.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/fetch/verdict.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <scraper/core/run/store.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// Of one source. One thread; the gauge is read from any.
class SourceMetrics {
 public:
  SourceMetrics(telemetry::Metrics& metrics, std::string source, const Clock& clock);
  void page(std::size_t films, std::size_t rejects);
  void run_ended(EndReason reason);
  /// Last success and health, after a run and at the start.
  void state(const SourceState& state);

 private:
  telemetry::Metrics& metrics_;
  std::string source_;
  telemetry::Counter& films_;
  telemetry::Counter& rejects_;
  /// Shared with the gauges, which may be asked after this object has gone.
  struct Gauges;
  std::shared_ptr<Gauges> gauges_;
};

/// Counters are looked up by label: requests are seldom.
void count_fetch(telemetry::Metrics& metrics, fetch::Verdict verdict, std::uint64_t bytes);
void count_deliveries(telemetry::Metrics& metrics, const std::vector<Delivery>& deliveries);

}  // namespace filmoteka::scraper
