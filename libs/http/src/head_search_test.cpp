#include "head_search.hpp"

#include <gtest/gtest.h>

#include <string>

namespace filmoteka::http {
namespace {

constexpr std::string_view kHead = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

std::size_t found(const std::variant<HeadSearch::Incomplete, HeadSearch::Head, Refusal>& outcome) {
  const auto* head = std::get_if<HeadSearch::Head>(&outcome);
  return head == nullptr ? 0 : head->bytes;
}

TEST(HeadSearch, finds_the_same_head_wherever_it_is_cut) {
  const std::string input = std::string(kHead) + "the next request";
  for (std::size_t cut = 0; cut < kHead.size(); ++cut) {
    HeadSearch search;
    EXPECT_TRUE(std::holds_alternative<HeadSearch::Incomplete>(search.look(input.substr(0, cut), false)));
    EXPECT_EQ(found(search.look(input, false)), kHead.size()) << cut;
  }
}

TEST(HeadSearch, begins_anew_after_a_head) {
  HeadSearch search;
  const std::string two = std::string(kHead) + std::string(kHead);
  EXPECT_EQ(found(search.look(two, false)), kHead.size());
  EXPECT_EQ(found(search.look(kHead, false)), kHead.size());
}

TEST(HeadSearch, empty_lines_before_a_request_may_come_in_halves) {
  EXPECT_EQ(HeadSearch::empty_lines("\r\n\r\nGET"), 4U);
  EXPECT_EQ(HeadSearch::empty_lines("\r"), 0U);
  EXPECT_TRUE(std::holds_alternative<HeadSearch::Incomplete>(HeadSearch().look("\r", false)));
  EXPECT_TRUE(std::holds_alternative<Refusal>(HeadSearch().look("\rG", false)));
}

TEST(HeadSearch, refuses_at_once_what_cannot_become_a_request) {
  EXPECT_TRUE(std::holds_alternative<Refusal>(HeadSearch().look("\x16\x03\x01", false)));
  EXPECT_TRUE(std::holds_alternative<Refusal>(HeadSearch().look("GET / HTTP/1.1\n", false)));
}

TEST(HeadSearch, says_what_is_too_long_when_there_is_no_more_room) {
  const auto status = [](std::string_view input) {
    return std::get<Refusal>(HeadSearch().look(input, true)).status;
  };
  EXPECT_EQ(status("GET /aaaaaaaaaaaaaaaaaaaaaaaaaaa"), 414);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nX: aaaaaaaaaaaa"), 431);
}

}  // namespace
}  // namespace filmoteka::http
