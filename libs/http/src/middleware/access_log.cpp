#include "access_log.hpp"

#include <array>
#include <span>

namespace filmoteka::http {
namespace {

double milliseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(time).count()) / 1000;
}

/// The trace that the client named, else the one that began with the call that was made for it.
std::string_view trace_of(const RequestRecord& record) {
  constexpr std::size_t kAt = 3;
  constexpr std::size_t kDigits = 32;
  if (!record.traceparent.empty()) return record.traceparent.substr(kAt, kDigits);
  const bool has_called = record.source != nullptr && record.source->upstream;
  return has_called ? std::string_view(record.source->upstream->trace_id) : std::string_view{};
}

}  // namespace

void log_request(const telemetry::Logger& log, const RequestRecord& record) {
  if (!log.enabled(telemetry::LogLevel::kInfo)) return;
  // What is always there, then what says something.
  constexpr std::size_t kAlways = 8;
  constexpr std::size_t kSometimes = 5;
  std::array<telemetry::LogField, kAlways + kSometimes> fields = {{{"method", record.method},
                                                                   {"path", record.path},
                                                                   {"route", record.route},
                                                                   {"status", record.status},
                                                                   {"bytes", record.bytes},
                                                                   {"ms", milliseconds(record.time)},
                                                                   {"request_id", record.request_id},
                                                                   {"client", record.client}}};
  std::size_t count = kAlways;
  const auto add = [&](telemetry::LogField field) {
    fields[count++] = field;
  };
  if (record.peer != record.client) add({"peer", record.peer});
  if (const std::string_view trace = trace_of(record); !trace.empty()) add({"trace_id", trace});
  if (record.source != nullptr && !record.source->cache.empty()) add({"cache", record.source->cache});
  if (record.source != nullptr && record.source->upstream) {
    add({"upstream", record.source->upstream->address});
    add({"upstream_ms", milliseconds(record.source->upstream->took)});
  }
  log.log(telemetry::LogLevel::kInfo, "request", std::span(fields.data(), count));
}

}  // namespace filmoteka::http
