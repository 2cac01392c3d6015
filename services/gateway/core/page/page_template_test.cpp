#include <gateway/core/page/page_template.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

TEST(PageTemplate, PutsPartsIntoItsPlaces) {
  const auto page = PageTemplate::read(
      "<head>a<!--page-head--><title>x</title><!--/page-head-->b</"
      "head><body>c<!--page-content-->d<!--page-data-->e</body>");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->fill({"HEAD", "CONTENT", "DATA"}), "<head>aHEADb</head><body>cCONTENTdDATAe</body>");
}

TEST(PageTemplate, IsNoneWhereAPlaceIsMissingOrOutOfPlace) {
  for (const char* index :
       {"", "<html></html>", "<!--page-head--><!--page-data-->",
        "<!--page-head--><!--/page-head--><!--page-data-->",
        "<!--page-head--><!--/page-head--><!--page-data--><!--page-content-->",
        "<!--page-head--><!--/page-head-->", "<!--page-data--><!--page-head--><!--/page-head-->",
        "<!--/page-head--><!--page-head--><!--page-data-->",
        "<!--page-head--><!--page-data--><!--/page-head-->"}) {
    EXPECT_FALSE(PageTemplate::read(index)) << index;
  }
}

}  // namespace
}  // namespace filmoteka::gateway
