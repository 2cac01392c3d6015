#include <scraper/core/run/run_metrics.hpp>

#include <limits>

namespace filmoteka::scraper {

SourceMetrics::SourceMetrics(telemetry::Metrics& metrics, std::string source, const Clock& clock)
    : metrics_(metrics),
      source_(std::move(source)),
      films_(
          metrics.counter("filmoteka_scraper_films_total", "Films found, by source", {{"source", source_}})),
      rejects_(metrics.counter("filmoteka_scraper_rejects_total",
                               "Records that did not become films, by source", {{"source", source_}})),
      last_success_(std::make_shared<std::atomic<std::int64_t>>(0)) {
  auto read = [last = last_success_, &clock] {
    const auto milliseconds = last->load(std::memory_order_relaxed);
    if (milliseconds == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(clock.now().time_since_epoch().count() - milliseconds) / 1'000;
  };
  metrics.gauge_callback("filmoteka_scraper_last_success_age_seconds",
                         "Time since the source's last successful run; not a number before the first", read,
                         {{"source", source_}});
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

void SourceMetrics::succeeded_at(Timestamp when) {
  last_success_->store(when.time_since_epoch().count(), std::memory_order_relaxed);
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
