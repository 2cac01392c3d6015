/// Spans: the parts of a trace that this process has recorded, until they are sent to a collector. Terms and
/// names of attributes are OpenTelemetry's (its trace API and the semantic conventions of HTTP).
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/telemetry/metrics.hpp>
#include <filmoteka/telemetry/trace_context.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace filmoteka::telemetry {

/// What a span is to the service that records it; the numbers are those of OTLP.
enum class SpanKind : std::uint8_t { kInternal = 1, kServer = 2, kClient = 3 };

/// A span that has begun. No allocation.
struct OpenSpan {
  Trace trace;
  SpanId id{};
  SpanId parent{};  ///< all zero: the trace begins here
  SpanKind kind = SpanKind::kInternal;
  std::chrono::system_clock::time_point begin{};
  SteadyTime steady_begin{};

  /// The `traceparent` of what is done for it.
  Traceparent traceparent() const { return traceparent_of(trace, id); }
};

/// A span that has ended.
struct Span {
  using Value = std::variant<std::string, std::int64_t>;
  OpenSpan span;
  std::string service;  ///< "gateway"
  std::string name;
  std::chrono::nanoseconds took{};
  std::vector<std::pair<std::string_view, Value>> attributes = {};  ///< keys are literals
  std::string error = {};                                           ///< empty: it went well
};

/// The spans of one process that wait to be sent. Thread-safe; nobody waits: what has no room is dropped, and
/// filmoteka_trace_spans_total{result="dropped"} counts it.
class SpanQueue {
 public:
  static constexpr std::size_t kCapacity = 4'096;

  /// `ratio`: of the traces that begin here, how many are recorded: 0 … 1.
  SpanQueue(double ratio, Metrics& metrics);
  double ratio() const { return ratio_; }
  void add(Span span);
  /// The oldest ones, `most` at most.
  std::vector<Span> take(std::size_t most);

 private:
  const double ratio_;
  Counter& dropped_;
  std::mutex mutex_;  // guards spans_
  std::vector<Span> spans_;
};

/// The counter of spans by what became of them: "exported", "dropped" or "failed".
Counter& span_counter(Metrics& metrics, const std::string& result);

/// What one service records by. Cheap to copy; a default one records nothing. The queue outlives it.
/// Thread-safe.
class Tracer {
 public:
  Tracer() = default;
  Tracer(SpanQueue& queue, std::string service) : queue_(&queue), service_(std::move(service)) {}

  bool enabled() const { return queue_ != nullptr; }

  /// The span of a request with this `traceparent` ("": it has none, and a trace begins, recorded by the
  /// ratio). Nullopt: not to be recorded, which whoever began the trace has decided.
  std::optional<OpenSpan> begin(std::string_view traceparent, SpanKind kind) const;
  /// The span of work inside a span; nullopt where that is not recorded.
  std::optional<OpenSpan> begin_within(std::string_view traceparent, SpanKind kind) const;

  using Attributes = std::vector<std::pair<std::string_view, Span::Value>>;
  void end(const OpenSpan& span, std::string name, Attributes attributes, std::string error) const;

 private:
  SpanQueue* queue_ = nullptr;
  std::string service_;
};

}  // namespace filmoteka::telemetry
