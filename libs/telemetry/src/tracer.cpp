#include "random_bits.hpp"

#include <filmoteka/telemetry/tracer.hpp>

#include <algorithm>
#include <iterator>

namespace filmoteka::telemetry {
namespace {

constexpr std::uint8_t kSampled = 1;

bool is_chosen(double ratio) {
  constexpr double kRange = 18'446'744'073'709'551'616.0;  // 2^64
  return static_cast<double>(random_bits()) < ratio * kRange;
}

OpenSpan open(Trace trace, const SpanId& parent, SpanKind kind) {
  OpenSpan span;
  span.trace = trace;
  span.id = new_span_id();
  span.parent = parent;
  span.kind = kind;
  span.begin = std::chrono::system_clock::now();
  span.steady_begin = std::chrono::steady_clock::now();
  return span;
}

}  // namespace

Counter& span_counter(Metrics& metrics, const std::string& result) {
  return metrics.counter("filmoteka_trace_spans_total", "Spans of traces by what became of them.",
                         {{"result", result}});
}

SpanQueue::SpanQueue(double ratio, Metrics& metrics)
    : ratio_(ratio), dropped_(span_counter(metrics, "dropped")) {}

void SpanQueue::add(Span span) {
  const std::lock_guard lock(mutex_);
  if (spans_.size() >= kCapacity) return dropped_.increment();
  spans_.push_back(std::move(span));
}

std::vector<Span> SpanQueue::take(std::size_t most) {
  const std::lock_guard lock(mutex_);
  const auto end = spans_.begin() + static_cast<std::ptrdiff_t>(std::min(most, spans_.size()));
  std::vector<Span> taken(std::make_move_iterator(spans_.begin()), std::make_move_iterator(end));
  spans_.erase(spans_.begin(), end);
  return taken;
}

std::optional<OpenSpan> Tracer::begin(std::string_view traceparent, SpanKind kind) const {
  if (queue_ == nullptr) return std::nullopt;
  if (parse_traceparent(traceparent)) return begin_within(traceparent, kind);
  if (!is_chosen(queue_->ratio())) return std::nullopt;
  Trace trace = new_trace();
  trace.flags = kSampled;
  return open(trace, {}, kind);
}

std::optional<OpenSpan> Tracer::begin_within(std::string_view traceparent, SpanKind kind) const {
  if (queue_ == nullptr) return std::nullopt;
  const auto trace = parse_traceparent(traceparent);
  if (!trace || (trace->flags & kSampled) == 0) return std::nullopt;
  return open(*trace, parent_in(traceparent), kind);
}

void Tracer::end(const OpenSpan& span, std::string name, Attributes attributes, std::string error) const {
  if (queue_ == nullptr) return;
  const auto took = std::chrono::steady_clock::now() - span.steady_begin;
  queue_->add({span, service_, std::move(name), took, std::move(attributes), std::move(error)});
}

}  // namespace filmoteka::telemetry
