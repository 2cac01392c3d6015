#include <gateway/core/page/page_writer.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::string_view kIndex =
    "<head><!--page-head--><title>x</title><!--/page-head--></"
    "head><body><!--page-content--><!--page-data--></body>";

TEST(PageWriter, WritesThePageOfEachAddress) {
  const PageWriter writer(kIndex, "");
  const auto film = writer.write({PageKind::kFilm, 7}, R"({"id":7,"title":"Семь"})");
  ASSERT_TRUE(film);
  EXPECT_THAT(*film, AllOf(HasSubstr("<title>Семь — Фильмотека</title>"), HasSubstr("id=\"page-data\"")));
  EXPECT_EQ(writer.write({PageKind::kFilm, 7}, "{}"), std::nullopt);
  EXPECT_THAT(writer.write({PageKind::kHome}, R"({"sections":[]})").value_or(""), HasSubstr("/home"));
  EXPECT_THAT(writer.write({PageKind::kCatalogue}, "").value_or(""), HasSubstr("Каталог"));
  EXPECT_THAT(writer.missing(), HasSubstr("noindex"));
}

TEST(PageWriter, LeavesAnIndexWithoutPlacesAsItIs) {
  const PageWriter writer("<!doctype html>", "");
  EXPECT_FALSE(writer.can_fill());
  EXPECT_EQ(writer.missing(), "<!doctype html>");
}

}  // namespace
}  // namespace filmoteka::gateway
