#include <gateway/core/page/page_address.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

/// page_target() and data_target(); "" for no page.
std::string page(std::string_view path, std::string_view query = {}) {
  const auto address = read_page_address(path, query);
  return address ? page_target(*address) + " " + data_target(*address) : "";
}

TEST(PageAddress, AreThoseOfTheWebApp) {
  EXPECT_EQ(page("/"), "/ /home");
  EXPECT_EQ(page("/films"), "/films /movies?sort=-rating&page=1&per_page=24");
  EXPECT_EQ(page("/films", "genre=a%26b&page=2"),
            "/films?genre=a%26b&page=2 /movies?genre=a%26b&sort=-rating&page=2&per_page=24");
  EXPECT_EQ(page("/films", "q=x"), "/films?q=x ");
  EXPECT_EQ(page("/films", "year_from=1990&genre=a"), "/films?genre=a&filtered=1 ");
  EXPECT_EQ(page("/films", "genre=a&filtered=1"), page("/films", "sort=year&genre=a"));
  EXPECT_EQ(page("/films", "sort=&utm_source=x"), page("/films"));
  EXPECT_EQ(page("/films/42"), "/films/42 /movies/42?include=similar");
  EXPECT_EQ(page("/films/999999999999999"), "/films/999999999999999 /movies/999999999999999?include=similar");
  EXPECT_EQ(page("/films/42/"), page("/films/42"));
  EXPECT_EQ(page("/%66ilms/4%32", "utm_source=x&page=2"), page("/films/42"));
  EXPECT_EQ(page("/", "q=x"), page("/"));
  for (const char* path : {"", "/film", "/filmsx", "/films/0", "/films/01", "/films/-1", "/films/+1",
                           "/films/1x", "/films/1000000000000000", "/films/1/2", "/films//1", "/Films", "//",
                           "/films/%", "/about", "/films/42//", "/index.html"}) {
    EXPECT_EQ(page(path), "") << path;
    EXPECT_FALSE(is_page_path(path)) << path;
  }
}

TEST(PageAddress, OfTheCatalogueKeepsWhatMakesAPageOfItsOwn) {
  const auto address = read_page_address("/films",
                                         "sort=year&page=3-5&genre=%D0%B4%D1%80%D0%B0%D0%BC%D0%B0&q=+a%26b+&"
                                         "genre=x&genre=x&genre=&year_from=1990");
  ASSERT_TRUE(address);
  EXPECT_EQ(canonical_target(*address), "/films?genre=%D0%B4%D1%80%D0%B0%D0%BC%D0%B0&genre=x&page=3");
  EXPECT_EQ(page_target(*address), canonical_target(*address) + "&q=a%26b&filtered=1");
  EXPECT_EQ(address->q, "a&b");
}

TEST(PageAddress, LeavesOutWhatMakesNoSense) {
  for (const char* query : {"page=0", "page=-1", "page=1", "page=01", "page=x", "page=99999999",
                            "page=2000000", "q=", "q=+", "%", "q=%ff", "x=1"}) {
    EXPECT_EQ(page("/films", query), page("/films")) << query;
  }
  const auto many = read_page_address("/films",
                                      "genre=1&genre=2&genre=3&genre=4&genre=5&genre=6&genre=7&genre=8&"
                                      "genre=9&genre=10&genre=11&q=" +
                                          std::string(500, 'x'));
  ASSERT_TRUE(many);
  EXPECT_EQ(many->genres.size(), 10U);
  EXPECT_EQ(many->q.size(), 200U);
}

TEST(SitemapNumber, IsThatOfTheFile) {
  EXPECT_EQ(sitemap_number("/sitemap.xml"), 0);
  EXPECT_EQ(sitemap_number("/sitemap-1.xml"), 1);
  EXPECT_EQ(sitemap_number("/sitemap-40.xml"), 40);
  for (const char* path :
       {"/sitemap-0.xml", "/sitemap-01.xml", "/sitemap-.xml", "/sitemap-x.xml", "/sitemap-1.xm", "/sitemap",
        "/sitemap-1", "/sitemap-.xm", "/a/sitemap.xml", "/sitemap--1.xml", "/sitemap-12345678901.xml"}) {
    EXPECT_EQ(sitemap_number(path), std::nullopt) << path;
  }
}

}  // namespace
}  // namespace filmoteka::gateway
