#include "middleware/request_id.hpp"

#include <filmoteka/http/message.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace filmoteka::http {
namespace {

TEST(Problem, has_a_stable_type_and_names_the_wrong_fields) {
  const Error error = invalid_argument("Two values are wrong.",
                                       {{"year", {}, "is not a number"}, {{}, "/title", "is empty"}});
  const Response response = problem_response(error, "id-1");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(*response.header("content-type"), "application/problem+json");
  const auto expected = boost::json::parse(R"({
    "type": "urn:filmoteka:problem:invalid_argument", "title": "The request is not valid", "status": 400,
    "detail": "Two values are wrong.", "request_id": "id-1",
    "errors": [{"parameter": "year", "detail": "is not a number"}, {"pointer": "/title", "detail": "is empty"}]})");
  EXPECT_EQ(boost::json::parse(response.body), expected);
}

TEST(Problem, does_not_show_inner_detail) {
  const Response response = problem_response(internal("password in /etc"), "");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("password"), std::string::npos);
}

TEST(Problem, is_utf8_whatever_the_error_quotes) {
  const Response response = problem_response(not_found("no film \xFF\"\n"), "");
  EXPECT_EQ(boost::json::parse(response.body).at("detail").as_string(), "no film \xEF\xBF\xBD\"\n");
}

TEST(ReadyResponse, has_all_but_what_differs_from_request_to_request) {
  const auto ready =
      make_ready(200, {{"Content-Type", "text/plain"}, {"Date", "x"}, {"X-Odd", "a\r\nB: c"}}, "body");
  EXPECT_TRUE(ready->head.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Odd: a  B: c\r\n"));
  EXPECT_TRUE(ready->head.ends_with("Content-Length: 4\r\n"));
  EXPECT_EQ(ready->head.find("Date"), std::string::npos);
  EXPECT_NE(ready->head.find("X-Content-Type-Options: nosniff\r\n"), std::string::npos);
  EXPECT_EQ(make_ready(304, {}, "")->head.find("Content-Length"), std::string::npos);
}

TEST(ForwardedResponse, has_the_headers_of_the_other_server_and_no_others) {
  const auto ready = make_forwarded(200, {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"A", "b"}}, "body");
  EXPECT_EQ(ready->head,
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nA: b\r\nContent-Length: 4\r\n");
  EXPECT_TRUE(ready->dated);
  EXPECT_FALSE(make_forwarded(200, {}, "")->dated);
  EXPECT_EQ(make_forwarded(204, {}, "")->head, "HTTP/1.1 204 No Content\r\n");
  EXPECT_EQ(make_forwarded(200, {{"Content-Length", "7"}}, std::nullopt)->head,
            "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n");
}

TEST(Response, replaces_headers_of_any_case) {
  Response response = text_response(200, "x");
  response.set_header("content-type", "a/b");
  EXPECT_EQ(response.headers, (Headers{{"content-type", "a/b"}}));
}

std::string traceparent_in(std::initializer_list<HeaderView> headers) {
  Request request;
  request.headers = headers;
  telemetry::RequestId made{};
  identify(request, made);
  return std::string(request.traceparent);
}

TEST(RequestId, takes_only_one_well_formed_trace_context) {
  constexpr std::string_view kGood = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  EXPECT_EQ(traceparent_in({{"TraceParent", kGood}}), kGood);
  EXPECT_EQ(traceparent_in({{"traceparent", kGood.substr(1)}}), "");
  EXPECT_EQ(traceparent_in({{"traceparent", kGood}, {"traceparent", kGood}}), "");
  EXPECT_EQ(traceparent_in({{"traceparent", "x"}, {"traceparent", kGood}}), "");
}

}  // namespace
}  // namespace filmoteka::http
