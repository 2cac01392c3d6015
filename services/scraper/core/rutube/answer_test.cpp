#include <gtest/gtest.h>
#include <scraper/core/rutube/answer.hpp>
#include <scraper/core/rutube/page.hpp>

namespace filmoteka::scraper::rutube {
namespace {

constexpr std::string_view kJson = "application/json";

TEST(Classify, goes_by_status) {
  EXPECT_EQ(classify({404, kJson, R"({"detail":"Страница не найдена."})"}), AnswerClass::kNotFound);
  EXPECT_EQ(classify({403, "text/html", "<html>"}), AnswerClass::kBlocked);
  EXPECT_EQ(classify({401, "text/html", ""}), AnswerClass::kBlocked);
  EXPECT_EQ(classify({429, kJson, ""}), AnswerClass::kRetryLater);
  EXPECT_EQ(classify({502, "text/html", "<html>"}), AnswerClass::kRetryLater);
  EXPECT_EQ(classify({405, kJson, ""}), AnswerClass::kDrifted);
  EXPECT_EQ(classify({302, "", ""}), AnswerClass::kDrifted);
}

TEST(Classify, takes_a_page_where_json_was_promised_for_a_block) {
  EXPECT_EQ(classify({200, "text/html", "<html><body>QRATOR</body></html>"}), AnswerClass::kBlocked);
  EXPECT_EQ(classify({200, kJson, "\n <!DOCTYPE html>"}), AnswerClass::kBlocked);
  EXPECT_EQ(classify({200, "text/html", ""}), AnswerClass::kBlocked);
}

TEST(Classify, takes_other_text_for_drift) {
  EXPECT_EQ(classify({200, kJson, "OK"}), AnswerClass::kDrifted);
  EXPECT_EQ(classify({200, kJson, ""}), AnswerClass::kDrifted);
  EXPECT_EQ(classify({200, kJson, "\xEF\xBB\xBF {}"}), AnswerClass::kOk);
  EXPECT_EQ(classify({200, "text/html", "[]"}), AnswerClass::kOk);
}

TEST(ParsePage, reads_the_three_shapes) {
  EXPECT_EQ(
      parse_page(R"({"has_next":true,"next":"https://rutube.ru/x?page=2","results":[{},{}]})")->rows.size(),
      2U);
  EXPECT_EQ(parse_page(R"([{},{},{}])")->rows.size(), 3U);
  EXPECT_EQ(parse_page(R"({"id":"a","title":"b"})")->rows.size(), 1U);
}

TEST(ParsePage, ends_a_list_at_any_of_its_ends) {
  EXPECT_EQ(parse_page(R"({"has_next":true,"next":"/x?page=2","results":[{}]})")->next, "/x?page=2");
  EXPECT_EQ(parse_page(R"({"has_next":false,"next":"/x?page=2","results":[{}]})")->next, std::nullopt);
  EXPECT_EQ(parse_page(R"({"has_next":true,"next":null,"results":[{}]})")->next, std::nullopt);
  EXPECT_EQ(parse_page(R"({"has_next":true,"next":"/x?page=2","results":[]})")->next, std::nullopt);
}

TEST(ParsePage, tells_missing_from_changed) {
  EXPECT_EQ(parse_page(R"({"detail":"Not found"})").error().code, ErrorCode::kNotFound);
  const auto hidden =
      parse_page(R"({"detail":{"id":12,"languages":[{"lang":"rus","title":"Автор скрыл это видео"}]}})");
  EXPECT_EQ(hidden.error().message, "Автор скрыл это видео");
  EXPECT_EQ(parse_page(R"({"items":[]})").error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(parse_page(R"({"results":{}})").error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(parse_page("{").error().code, ErrorCode::kCorrupt);
}

TEST(NextUrl, is_followed_on_the_server_that_was_asked) {
  const std::string base = "http://127.0.0.1:9999";
  const std::string page = base + "/api/video/category/4/?page=1";
  EXPECT_EQ(next_url("https://rutube.ru/api/video/category/4/?a=%D0%9F+x&page=2", page, base),
            base + "/api/video/category/4/?a=%D0%9F+x&page=2");
  EXPECT_EQ(next_url(base + "/api/x?page=2", page, base), base + "/api/x?page=2");
  EXPECT_EQ(next_url("/api/x?page=2", page, base), base + "/api/x?page=2");
  EXPECT_EQ(next_url("?page=2", page, base), base + "/api/video/category/4/?page=2");
  EXPECT_EQ(next_url("more?page=2", page, base), base + "/api/video/category/4/more?page=2");
  EXPECT_EQ(next_url("https://evil.example/api/", page, base), std::nullopt);
  EXPECT_EQ(next_url("//evil.example/api/", page, base), std::nullopt);
  EXPECT_EQ(next_url("https://rutube.ru.evil.example/", page, base), std::nullopt);
}

}  // namespace
}  // namespace filmoteka::scraper::rutube
