#include <gtest/gtest.h>
#include <scraper/core/run/web_position.hpp>

namespace filmoteka::scraper {
namespace {

WebPosition somewhere() {
  WebPosition position;
  position.list = 3;
  position.day = iso_day_from("2026-11-27");
  position.last_day = iso_day_from("2026-10-28");
  position.page = 17;
  position.next = "https://kino.test/?page=18&q=\"х\"";
  position.cursor = "W12";
  position.sitemaps = {"https://kino.test/a.xml", "https://kino.test/b.xml.gz"};
  position.done = 50;
  position.mark = ~0ull - 1;
  return position;
}

TEST(WebPosition, ComesBackAsItWas) {
  EXPECT_EQ(position_from(to_text(somewhere(), "d1"), "d1"), somewhere());
  EXPECT_EQ(position_from(to_text({}, ""), ""), WebPosition{});
}

TEST(WebPosition, OfAnotherDefinitionMeansNothing) {
  EXPECT_EQ(position_from(to_text(somewhere(), "d1"), "d2"), std::nullopt);
}

TEST(WebPosition, IsNotTakenFromAnythingElse) {
  for (const char* text : {"", "{", "7", "{}", "0 https://rutube.ru/api/", R"({"v":2,"digest":"d"})"})
    EXPECT_EQ(position_from(text, "d"), std::nullopt) << text;
  const auto odd =
      position_from(R"({"v":1,"digest":"d","list":-1,"page":"x","day":"2026-13-40","sitemaps":7})", "d");
  ASSERT_TRUE(odd.has_value());
  EXPECT_EQ(odd->page, 0);
  EXPECT_EQ(odd->day, std::nullopt);
}

}  // namespace
}  // namespace filmoteka::scraper
