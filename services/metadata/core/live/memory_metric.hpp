/// filmoteka_metadata_catalogue_bytes: what the catalogue takes, by part (docs/memory.md).
#pragma once

#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/catalogue/catalogue_memory.hpp>

namespace filmoteka::metadata {

/// Thread-safe.
class MemoryMetric {
 public:
  explicit MemoryMetric(telemetry::Metrics& metrics);
  void show(const CatalogueMemory& memory);

 private:
  telemetry::Gauge& columns_;
  telemetry::Gauge& postings_;
  telemetry::Gauge& orders_;
  telemetry::Gauge& searchable_;
  telemetry::Gauge& text_index_;
  telemetry::Gauge& title_keys_;
  telemetry::Gauge& json_;
  telemetry::Gauge& views_;
  telemetry::Gauge& delta_;
  telemetry::Gauge& retired_;
};

}  // namespace filmoteka::metadata
