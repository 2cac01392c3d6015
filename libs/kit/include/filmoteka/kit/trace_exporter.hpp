/// Sends recorded spans to a collector: OTLP/HTTP with JSON,
/// https://opentelemetry.io/docs/specs/otlp/#otlphttp.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/base/backoff.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/kit/service.hpp>
#include <filmoteka/telemetry/tracer.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::kit {

/// Once a second, or sooner while there is much, POST to ENDPOINT/v1/traces. A collector that is away, or
/// asks to wait, costs spans and nothing else: they wait in the queue, which drops what has no room. A host
/// stops it last (it is added first), so that the last spans go out too. Metrics:
/// filmoteka_trace_spans_total{result="exported"|"failed"}.
class TraceExporter final : public Service {
 public:
  /// `endpoint`: "http://collector:4318".
  TraceExporter(std::string endpoint, telemetry::SpanQueue& queue, const Environment& environment);

  std::string_view name() const override { return "traces"; }
  Task<Result<void>> start() override;
  /// Always ready: nobody waits for a collector.
  std::vector<Check> checks() const override { return {}; }
  Task<void> stop(Deadline deadline) override;

 private:
  Task<void> run();
  Task<bool> send_some(Deadline deadline);
  Task<bool> deliver(Deadline deadline);
  void failed(const std::string& why);

  std::string endpoint_;
  telemetry::SpanQueue& queue_;
  Environment environment_;
  telemetry::Counter& exported_;
  telemetry::Counter& failed_;
  std::unique_ptr<http::Client> client_;
  TaskGroup group_;
  std::vector<telemetry::Span> batch_;  ///< being sent, or to be sent again
  Backoff backoff_;
};

}  // namespace filmoteka::kit
