/// The trace that a call belongs to, as services tell each other: W3C Trace Context,
/// https://www.w3.org/TR/trace-context/.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::telemetry {

/// A trace, and what was decided about it where it began. No allocation.
struct Trace {
  std::array<char, 32> id{};  ///< hexadecimal, lower case, not all zero
  std::uint8_t flags = 0;     ///< those that are known: 1 sampled, 2 the id is random

  std::string_view id_view() const& { return {id.data(), id.size()}; }
  std::string_view id_view() const&& = delete;
};

/// The id of a span: hexadecimal, lower case. All '\0': none.
using SpanId = std::array<char, 16>;
SpanId new_span_id();

/// The value of a `traceparent`, version 00. No allocation.
using Traceparent = std::array<char, 55>;

/// The trace that the value of a `traceparent` names (3.2). Of a version above 00, what all versions have in
/// common (4.3). Nullopt where it is malformed: the trace begins anew.
std::optional<Trace> parse_traceparent(std::string_view text);

/// A trace that begins here. Not sampled: it is not for us to make others record it.
Trace new_trace();

/// The span that a well-formed `traceparent` comes from.
SpanId parent_in(std::string_view traceparent);

/// The `traceparent` of what a span calls.
Traceparent traceparent_of(const Trace& trace, const SpanId& span);
/// The `traceparent` of one call that belongs to a trace, with a new id for the call.
std::string traceparent_of_call(const Trace& trace);

}  // namespace filmoteka::telemetry
