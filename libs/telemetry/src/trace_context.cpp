#include "random_bits.hpp"

#include <filmoteka/telemetry/trace_context.hpp>

#include <algorithm>

namespace filmoteka::telemetry {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
// "00-<trace>-<parent>-<flags>"
constexpr std::size_t kTraceAt = 3;
constexpr std::size_t kTraceDigits = 32;
constexpr std::size_t kParentAt = 36;
constexpr std::size_t kParentDigits = 16;
constexpr std::size_t kFlagsAt = 53;
constexpr std::size_t kSize = Traceparent().size();
constexpr std::uint8_t kKnownFlags = 0x03;

bool is_hex(std::string_view text) {
  return text.find_first_not_of(kHex) == std::string_view::npos;
}

bool is_id(std::string_view text) {
  return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

/// Version 00 ends after the flags; in later ones more may follow, after a dash.
bool has_the_size_of_its_version(std::string_view text) {
  const std::string_view version = text.substr(0, 2);
  if (!is_hex(version) || version == "ff") return false;
  return text.size() == kSize || (version != "00" && text[kSize] == '-');
}

void write_hex(std::uint64_t bits, char* to) {
  for (std::size_t i = 0; i < 16; ++i, bits <<= 4U) to[i] = kHex[bits >> 60U];
}

std::uint64_t not_zero() {
  std::uint64_t bits = 0;
  while (bits == 0) bits = random_bits();
  return bits;
}

}  // namespace

std::optional<Trace> parse_traceparent(std::string_view text) {
  if (text.size() < kSize || !has_the_size_of_its_version(text)) return std::nullopt;
  const std::string_view id = text.substr(kTraceAt, kTraceDigits);
  const std::string_view flags = text.substr(kFlagsAt, 2);
  const bool well_formed = text[kTraceAt - 1] == '-' && text[kParentAt - 1] == '-' &&
                           text[kFlagsAt - 1] == '-' && is_id(id) &&
                           is_id(text.substr(kParentAt, kParentDigits)) && is_hex(flags);
  if (!well_formed) return std::nullopt;
  Trace trace;
  std::copy(id.begin(), id.end(), trace.id.begin());
  trace.flags = static_cast<std::uint8_t>(kHex.find(flags[1])) & kKnownFlags;
  return trace;
}

Trace new_trace() {
  Trace trace;
  write_hex(not_zero(), trace.id.data());
  write_hex(random_bits(), trace.id.data() + 16);
  return trace;
}

SpanId new_span_id() {
  SpanId id{};
  write_hex(not_zero(), id.data());
  return id;
}

SpanId parent_in(std::string_view traceparent) {
  SpanId parent{};
  std::ranges::copy(traceparent.substr(kParentAt, kParentDigits), parent.begin());
  return parent;
}

Traceparent traceparent_of(const Trace& trace, const SpanId& span) {
  Traceparent text{};
  text.fill('-');
  text[0] = text[1] = text[kFlagsAt] = '0';
  std::ranges::copy(trace.id, text.begin() + kTraceAt);
  std::ranges::copy(span, text.begin() + kParentAt);
  text[kFlagsAt + 1] = kHex[trace.flags];
  return text;
}

std::string traceparent_of_call(const Trace& trace) {
  const Traceparent text = traceparent_of(trace, new_span_id());
  return {text.begin(), text.end()};
}

}  // namespace filmoteka::telemetry
