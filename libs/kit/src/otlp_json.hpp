/// Spans as a collector takes them: the JSON encoding of OTLP's ExportTraceServiceRequest,
/// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. Pure.
#pragma once

#include <filmoteka/telemetry/tracer.hpp>

#include <span>
#include <string>
#include <string_view>

namespace filmoteka::kit {

/// `version` is that of the services; spans of one service stand together.
std::string otlp_json(std::span<const telemetry::Span> spans, std::string_view version);

}  // namespace filmoteka::kit
