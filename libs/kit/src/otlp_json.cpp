#include "otlp_json.hpp"

#include <filmoteka/base/utf8.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>

namespace filmoteka::kit {
namespace {

namespace json = boost::json;
using telemetry::Span;

/// 64-bit integers are strings in the JSON of Protocol Buffers.
json::object value_of(const Span::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return {{"intValue", std::to_string(*number)}};
  }
  return {{"stringValue", replace_invalid_utf8(std::get<std::string>(value))}};
}

json::object attribute(std::string_view key, const Span::Value& value) {
  return {{"key", key}, {"value", value_of(value)}};
}

std::string nanoseconds(std::chrono::system_clock::time_point time) {
  return std::to_string(
      std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count());
}

std::string_view text_of(const telemetry::SpanId& id) {
  return {id.data(), id.size()};
}

json::object span_json(const Span& span) {
  constexpr int kError = 2;
  const telemetry::OpenSpan& begun = span.span;
  json::object out = {
      {"traceId", begun.trace.id_view()},
      {"spanId", text_of(begun.id)},
      {"flags", static_cast<int>(begun.trace.flags)},
      {"name", replace_invalid_utf8(span.name)},
      {"kind", static_cast<int>(begun.kind)},
      {"startTimeUnixNano", nanoseconds(begun.begin)},
      {"endTimeUnixNano",
       nanoseconds(begun.begin +
                   std::chrono::duration_cast<std::chrono::system_clock::duration>(span.took))}};
  if (begun.parent != telemetry::SpanId{}) out["parentSpanId"] = text_of(begun.parent);
  json::array attributes;
  for (const auto& [key, value] : span.attributes) attributes.push_back(attribute(key, value));
  out["attributes"] = std::move(attributes);
  if (!span.error.empty()) {
    out["status"] = json::object{{"code", kError}, {"message", replace_invalid_utf8(span.error)}};
  }
  return out;
}

json::object of_service(const std::string& service, std::string_view version, json::array spans) {
  json::array resource = {attribute("service.namespace", "filmoteka"), attribute("service.name", service),
                          attribute("service.version", std::string(version))};
  json::object scope = {{"name", "filmoteka"}, {"version", version}};
  return {
      {"resource", json::object{{"attributes", std::move(resource)}}},
      {"scopeSpans", json::array{json::object{{"scope", std::move(scope)}, {"spans", std::move(spans)}}}}};
}

}  // namespace

std::string otlp_json(std::span<const Span> spans, std::string_view version) {
  std::map<std::string, json::array> by_service;
  for (const Span& span : spans) by_service[span.service].push_back(span_json(span));
  json::array resources;
  for (auto& [service, of_it] : by_service) {
    resources.push_back(of_service(service, version, std::move(of_it)));
  }
  return json::serialize(json::object{{"resourceSpans", std::move(resources)}});
}

}  // namespace filmoteka::kit
