#include <scraper/core/run/run_metrics.hpp>

#include <limits>

namespace filmoteka::scraper {

struct SourceMetrics::Gauges {
  std::atomic<std::int64_t> last_success = 0;  ///< milliseconds since 1970; 0: never
  std::atomic<Health> health = Health::kOk;
};

SourceMetrics::SourceMetrics(telemetry::Metrics& metrics, std::string source, const Clock& clock)
    : metrics_(metrics),
      source_(std::move(source)),
      films_(
          metrics.counter("filmoteka_scraper_films_total", "Films found, by source", {{"source", source_}})),
      rejects_(metrics.counter("filmoteka_scraper_rejects_total",
                               "Records that did not become films, by source", {{"source", source_}})),
      gauges_(std::make_shared<Gauges>()) {
  auto read = [gauges = gauges_, &clock] {
    const auto milliseconds = gauges->last_success.load(std::memory_order_relaxed);
    if (milliseconds == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(clock.now().time_since_epoch().count() - milliseconds) / 1'000;
  };
  metrics.gauge_callback("filmoteka_scraper_last_success_age_seconds",
                         "Time since the source's last successful run; not a number before the first", read,
                         {{"source", source_}});
  for (const auto health : {Health::kOk, Health::kDegraded, Health::kBlocked, Health::kDrifted}) {
    auto is_so = [gauges = gauges_, health] {
      return gauges->health.load(std::memory_order_relaxed) == health ? 1.0 : 0.0;
    };
    metrics.gauge_callback("filmoteka_scraper_source_health", "1 for the state that the source is in", is_so,
                           {{"source", source_}, {"health", std::string(to_string(health))}});
  }
}

void SourceMetrics::page(std::size_t films, std::size_t rejects) {
  films_.increment(static_cast<double>(films));
  rejects_.increment(static_cast<double>(rejects));
}

void SourceMetrics::run_ended(EndReason reason) {
  metrics_
      .counter("filmoteka_scraper_runs_total", "Runs by source and how they ended",
               {{"source", source_}, {"end", std::string(to_string(reason))}})
      .increment();
}

void SourceMetrics::state(const SourceState& state) {
  gauges_->health.store(state.health, std::memory_order_relaxed);
  if (!state.last_success_at) return;
  gauges_->last_success.store(state.last_success_at->time_since_epoch().count(), std::memory_order_relaxed);
}

void count_fetch(telemetry::Metrics& metrics, fetch::Verdict verdict, std::uint64_t bytes) {
  metrics
      .counter("filmoteka_scraper_fetches_total", "Requests to sources by what came of them",
               {{"verdict", std::string(to_string(verdict))}})
      .increment();
  metrics.counter("filmoteka_scraper_fetched_bytes_total", "Bytes of bodies received from sources")
      .increment(static_cast<double>(bytes));
}

void count_deliveries(telemetry::Metrics& metrics, const std::vector<Delivery>& deliveries) {
  Delivered sum;
  for (const auto& delivery : deliveries) sum += delivery.outcome;
  const auto add = [&metrics](const char* status, std::uint64_t count) {
    metrics
        .counter("filmoteka_scraper_handed_over_total", "Films that metadata answered for, by its answer",
                 {{"status", status}})
        .increment(static_cast<double>(count));
  };
  add("created", sum.created);
  add("updated", sum.updated);
  add("unchanged", sum.unchanged);
  add("merged", sum.merged);
  add("rejected", sum.refused);
}

}  // namespace filmoteka::scraper
