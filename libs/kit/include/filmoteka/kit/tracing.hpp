/// What a process needs to record traces, by its settings.
#pragma once

#include <filmoteka/config/common.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/kit/service.hpp>
#include <filmoteka/kit/trace_exporter.hpp>
#include <filmoteka/telemetry/tracer.hpp>

#include <optional>
#include <string>

namespace filmoteka::kit {

/// Nothing at all where the settings name no collector. Outlives the services of the process and its host.
class Tracing {
 public:
  Tracing(const config::CommonSettings& common, const Environment& environment) {
    if (common.otlp_endpoint.empty()) return;
    queue_.emplace(common.otlp_sample_ratio, environment.metrics);
    exporter_.emplace(common.otlp_endpoint, *queue_, environment);
  }

  telemetry::Tracer tracer(std::string service) {
    return queue_ ? telemetry::Tracer(*queue_, std::move(service)) : telemetry::Tracer();
  }
  /// Before the services: what they do while they stop is sent too.
  void add_to(Host& host) {
    if (exporter_) host.add(*exporter_);
  }

 private:
  std::optional<telemetry::SpanQueue> queue_;
  std::optional<TraceExporter> exporter_;
};

}  // namespace filmoteka::kit
