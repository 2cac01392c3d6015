#include "framing.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace filmoteka::http {
namespace {

using namespace std::string_literals;

struct Case {
  const char* name;
  std::string head;
  int status;  // 0: accepted
};
int status_of_check(const std::string& head, FramingLimits limits = {}) {
  const auto checked = check_framing(head, limits);
  const auto* refusal = std::get_if<Refusal>(&checked);
  return refusal == nullptr ? 0 : refusal->status;
}

Framing accepted(const std::string& head) {
  return std::get<Framing>(check_framing(head, {}));
}

void expect_verdicts(const std::vector<Case>& cases) {
  for (const Case& each : cases) EXPECT_EQ(status_of_check(each.head), each.status) << each.name;
}

std::string with(const std::string& headers) {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}
std::string line(const std::string& request_line) {
  return request_line + "\r\nHost: a\r\n\r\n";
}

TEST(Framing, judges_what_says_where_a_body_ends) {
  expect_verdicts(
      {{"nothing", with(""), 0},
       {"length", with("Content-Length: 5\r\n"), 0},
       {"chunked", with("Transfer-Encoding: chunked\r\n"), 0},
       {"chunked_any_case", with("transfer-encoding: Chunked\r\n"), 0},
       {"coding_gzip", with("Transfer-Encoding: gzip\r\n"), 501},
       {"coding_list", with("Transfer-Encoding: gzip, chunked\r\n"), 501},
       {"chunked_twice_in_list", with("Transfer-Encoding: chunked, chunked\r\n"), 501},
       {"coding_not_last", with("Transfer-Encoding: chunked, identity\r\n"), 501},
       {"coding_quoted", with("Transfer-Encoding: \"chunked\"\r\n"), 501},
       {"coding_prefixed", with("Transfer-Encoding: xchunked\r\n"), 501},
       {"coding_empty", with("Transfer-Encoding:\r\n"), 501},
       {"coding_with_vertical_tab",
        with("Transfer-Encoding: \x0B"
             "chunked\r\n"),
        400},
       {"coding_twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
       {"coding_and_length", with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
       {"length_and_coding", with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
       {"length_twice", with("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
       {"length_list", with("Content-Length: 5, 5\r\n"), 400},
       {"length_plus", with("Content-Length: +5\r\n"), 400},
       {"length_minus", with("Content-Length: -5\r\n"), 400},
       {"length_hex", with("Content-Length: 0x5\r\n"), 400},
       {"length_empty", with("Content-Length: \r\n"), 400},
       {"length_space_inside", with("Content-Length: 5 5\r\n"), 400},
       {"length_overflows", with("Content-Length: 99999999999999999999999\r\n"), 413},
       {"length_above_limit", with("Content-Length: 8388609\r\n"), 413},
       {"chunked_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
       {"expect", with("Expect: 100-continue\r\n"), 0},
       {"expect_other", with("Expect: tea\r\n"), 417}});
}

TEST(Framing, judges_header_lines) {
  expect_verdicts({{"fold", with("X: a\r\n b\r\n"), 400},
                   {"fold_first", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
                   {"fold_of_length", with("Content-Length:\r\n 5\r\n"), 400},
                   {"space_before_colon", with("Content-Length : 5\r\n"), 400},
                   {"space_in_name", with("Content Length: 5\r\n"), 400},
                   {"no_colon", with("nonsense\r\n"), 400},
                   {"empty_name", with(": value\r\n"), 400},
                   {"name_not_ascii", with("X\xC3\xA9: 1\r\n"), 400},
                   {"bare_lf", with("A: 1\nContent-Length: 5\r\n"), 400},
                   {"bare_lf_in_request_line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
                   {"bare_cr", with("A: 1\rContent-Length: 5\r\n"), 400},
                   {"nul_in_value", with("A: a\0b\r\n"s), 400},
                   {"nul_in_name", with("A\0: b\r\n"s), 400},
                   {"control_in_value", with("A: a\x01\r\n"), 400},
                   {"delete_in_value", with("A: a\x7F\r\n"), 400},
                   {"tab_in_value", with("A: a\tb\r\n"), 0},
                   {"utf8_in_value", with("A: \xD0\x96\r\n"), 0}});
}

TEST(Framing, judges_hosts) {
  expect_verdicts({{"missing", "GET / HTTP/1.1\r\n\r\n", 400},
                   {"missing_1_0", "GET / HTTP/1.0\r\n\r\n", 0},
                   {"twice", with("Host: a\r\n"), 400},
                   {"empty", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
                   {"port", "GET / HTTP/1.1\r\nHost: a:80\r\n\r\n", 0},
                   {"ipv6", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 0},
                   {"ipv6_nested", "GET / HTTP/1.1\r\nHost: [::[1]\r\n\r\n", 400},
                   {"ipv6_empty", "GET / HTTP/1.1\r\nHost: []\r\n\r\n", 400},
                   {"ipv6_open", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
                   {"port_letters", "GET / HTTP/1.1\r\nHost: a:8o\r\n\r\n", 400},
                   {"path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
                   {"user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
                   {"list", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
                   {"only_port", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n", 400}});
}

TEST(Framing, judges_request_lines) {
  expect_verdicts({{"query", line("GET /a?b=%20 HTTP/1.1"), 0},
                   {"asterisk", line("OPTIONS * HTTP/1.1"), 0},
                   {"asterisk_get", line("GET * HTTP/1.1"), 400},
                   {"absolute", line("GET http://a/ HTTP/1.1"), 400},
                   {"authority", line("GET a:80 HTTP/1.1"), 400},
                   {"connect", line("CONNECT a:80 HTTP/1.1"), 501},
                   {"trace", line("TRACE / HTTP/1.1"), 501},
                   {"unknown_method", line("BREW / HTTP/1.1"), 0},
                   {"long_method", line(std::string(10'240, 'A') + " / HTTP/1.1"), 501},
                   {"method_with_colon", line("GE:T / HTTP/1.1"), 400},
                   {"no_method", line(" / HTTP/1.1"), 400},
                   {"space_in_target", line("GET /a b HTTP/1.1"), 400},
                   {"hash", line("GET /a#b HTTP/1.1"), 400},
                   {"tab_in_target", line("GET /a\tb HTTP/1.1"), 400},
                   {"control_in_target", line("GET /a\x01 HTTP/1.1"), 400},
                   {"nul_in_target", line("GET /a\0b HTTP/1.1"s), 400},
                   {"raw_utf8_in_target", line("GET /\xD0\x96 HTTP/1.1"), 400},
                   {"two_spaces", line("GET  / HTTP/1.1"), 400},
                   {"trailing_space", line("GET / HTTP/1.1 "), 400},
                   {"no_version", line("GET /"), 400},
                   {"http_0_9", line("GET / HTTP/0.9"), 505},
                   {"http_2", line("GET / HTTP/2.0"), 505},
                   {"http_1_2", line("GET / HTTP/1.2"), 505},
                   {"lower_case_version", line("GET / http/1.1"), 400},
                   {"odd_version", line("GET / HTTP/1.10"), 400},
                   {"long_target", line("GET /" + std::string(8 * 1024, 'a') + " HTTP/1.1"), 414}});
}

TEST(Framing, reads_what_the_head_says) {
  EXPECT_EQ(accepted(with("Content-Length: 17\r\n")).content_length, 17U);
  EXPECT_TRUE(accepted(with("Transfer-Encoding: chunked\r\n")).chunked);
  EXPECT_TRUE(accepted(with("Expect: 100-Continue\r\n")).expects_continue);
  EXPECT_TRUE(accepted(with("")).keep_alive);
  EXPECT_FALSE(accepted(with("Connection: foo, Close\r\n")).keep_alive);
  EXPECT_FALSE(accepted(with("Connection: close, keep-alive\r\n")).keep_alive);
  EXPECT_FALSE(accepted("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_TRUE(accepted("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keep_alive);
}

TEST(Framing, bounds_the_number_of_headers) {
  std::string headers;
  for (int i = 0; i < 99; ++i) headers += "X: 1\r\n";
  EXPECT_EQ(status_of_check(with(headers)), 0);
  EXPECT_EQ(status_of_check(with(headers + "X: 1\r\n")), 431);
}

TEST(Framing, sees_at_once_what_can_never_become_a_head) {
  EXPECT_FALSE(check_incomplete_head(""));
  EXPECT_FALSE(check_incomplete_head("GET / HTTP/1.1\r\nHost"));
  EXPECT_FALSE(check_incomplete_head("GET / HTTP/1.1\r"));
  EXPECT_TRUE(check_incomplete_head("\x16\x03\x01"));
  EXPECT_TRUE(check_incomplete_head("GET / HTTP/1.1\nHost: a\n\n"));
  EXPECT_TRUE(check_incomplete_head("{\"json\""));
}

}  // namespace
}  // namespace filmoteka::http
