#include <metadata/core/live/memory_metric.hpp>

namespace filmoteka::metadata {
namespace {

telemetry::Gauge& gauge_of(telemetry::Metrics& metrics, const char* part) {
  return metrics.gauge("filmoteka_metadata_catalogue_bytes", "Memory of the catalogue, by part.",
                       {{"part", part}});
}

}  // namespace

MemoryMetric::MemoryMetric(telemetry::Metrics& metrics)
    : columns_(gauge_of(metrics, "columns")),
      postings_(gauge_of(metrics, "postings")),
      orders_(gauge_of(metrics, "orders")),
      searchable_(gauge_of(metrics, "searchable")),
      text_index_(gauge_of(metrics, "text_index")),
      title_keys_(gauge_of(metrics, "title_keys")),
      json_(gauge_of(metrics, "json")),
      views_(gauge_of(metrics, "views")),
      delta_(gauge_of(metrics, "delta")),
      retired_(gauge_of(metrics, "retired")) {}

void MemoryMetric::show(const CatalogueMemory& memory) {
  columns_.set(static_cast<double>(memory.segment.columns));
  postings_.set(static_cast<double>(memory.segment.postings));
  orders_.set(static_cast<double>(memory.segment.orders));
  searchable_.set(static_cast<double>(memory.segment.searchable));
  text_index_.set(static_cast<double>(memory.segment.text_index));
  title_keys_.set(static_cast<double>(memory.segment.title_keys));
  json_.set(static_cast<double>(memory.segment.json));
  views_.set(static_cast<double>(memory.views));
  delta_.set(static_cast<double>(memory.delta));
  retired_.set(static_cast<double>(memory.retired));
}

}  // namespace filmoteka::metadata
