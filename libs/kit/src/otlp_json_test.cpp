#include "otlp_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace filmoteka::kit {
namespace {

using telemetry::Span;

constexpr std::string_view kParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

Span span_of(std::string service, telemetry::SpanKind kind) {
  Span span;
  span.span.trace = *telemetry::parse_traceparent(kParent);
  span.span.parent = telemetry::parent_in(kParent);
  span.span.id = {'1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'a', 'b', 'c', 'd', 'e', 'f'};
  span.span.kind = kind;
  span.span.begin = std::chrono::system_clock::time_point(std::chrono::seconds(1'700'000'000));
  span.took = std::chrono::milliseconds(3);
  span.service = std::move(service);
  span.name = "GET /api/v1/movies/{id}";
  return span;
}

boost::json::value at(const std::vector<Span>& spans, std::string_view pointer) {
  const boost::json::value document = boost::json::parse(otlp_json(spans, "0.1.0"));
  boost::system::error_code error;
  const boost::json::value* found = document.find_pointer(pointer, error);
  return found == nullptr ? boost::json::value("absent") : *found;
}

constexpr std::string_view kFirst = "/resourceSpans/0/scopeSpans/0/spans/0";

std::string first(const Span& span, const std::string& member) {
  return boost::json::serialize(at({span}, std::string(kFirst) + member));
}

TEST(OtlpJson, names_the_span_and_its_parent_in_hexadecimal) {
  const Span span = span_of("gateway", telemetry::SpanKind::kServer);
  EXPECT_EQ(first(span, "/traceId"), R"("4bf92f3577b34da6a3ce929d0e0e4736")");
  EXPECT_EQ(first(span, "/spanId"), R"("1234567890abcdef")");
  EXPECT_EQ(first(span, "/parentSpanId"), R"("00f067aa0ba902b7")");
  EXPECT_EQ(first(span, "/kind"), "2");
  EXPECT_EQ(first(span, "/flags"), "1");
}

TEST(OtlpJson, a_span_that_begins_a_trace_has_no_parent) {
  Span span = span_of("gateway", telemetry::SpanKind::kServer);
  span.span.parent = {};
  EXPECT_EQ(first(span, "/parentSpanId"), R"("absent")");
}

TEST(OtlpJson, writes_times_as_nanoseconds_in_strings) {
  const Span span = span_of("gateway", telemetry::SpanKind::kServer);
  EXPECT_EQ(first(span, "/startTimeUnixNano"), R"("1700000000000000000")");
  EXPECT_EQ(first(span, "/endTimeUnixNano"), R"("1700000000003000000")");
}

TEST(OtlpJson, writes_attributes_by_their_type) {
  Span span = span_of("gateway", telemetry::SpanKind::kServer);
  span.attributes = {{"http.route", "/a\xFF"}, {"http.response.status_code", std::int64_t{200}}};
  EXPECT_EQ(first(span, "/attributes/0/value/stringValue"), "\"/a\xEF\xBF\xBD\"");
  EXPECT_EQ(first(span, "/attributes/1/key"), R"("http.response.status_code")");
  EXPECT_EQ(first(span, "/attributes/1/value/intValue"), R"("200")");
}

TEST(OtlpJson, says_what_failed_and_nothing_of_what_went_well) {
  Span span = span_of("gateway", telemetry::SpanKind::kServer);
  EXPECT_EQ(first(span, "/status"), R"("absent")");
  span.error = "503";
  EXPECT_EQ(first(span, "/status/code"), "2");
  EXPECT_EQ(first(span, "/status/message"), R"("503")");
}

TEST(OtlpJson, the_spans_of_a_service_stand_together) {
  const std::vector<Span> spans = {span_of("metadata", telemetry::SpanKind::kServer),
                                   span_of("gateway", telemetry::SpanKind::kServer),
                                   span_of("metadata", telemetry::SpanKind::kServer)};
  EXPECT_EQ(at(spans, "/resourceSpans").as_array().size(), 2U);
  EXPECT_EQ(at(spans, "/resourceSpans/1/scopeSpans/0/spans").as_array().size(), 2U);
  EXPECT_EQ(at(spans, "/resourceSpans/1/resource/attributes/1/value/stringValue").as_string(), "metadata");
}

}  // namespace
}  // namespace filmoteka::kit
