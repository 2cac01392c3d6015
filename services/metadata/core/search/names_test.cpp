#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <metadata/core/search/form_keys.hpp>
#include <metadata/core/search/names.hpp>

namespace filmoteka::metadata {
namespace {

domain::MovieFacts titled(std::string title) {
  domain::MovieFacts facts;
  facts.title = std::move(title);
  return facts;
}

TEST(SearchableNames, AreFoldedEachBehindASpace) {
  domain::MovieFacts facts = titled("Ёлки 2");
  facts.original_title = "Yolki Two";
  facts.aliases = {"ёлки 2", "Six Degrees"};
  EXPECT_EQ(searchable_names(facts), " елки 2\x1f yolki two\x1f six degrees");
  EXPECT_EQ(searchable_names(titled("★")), "");
}

TEST(SearchableNames, HaveCompoundsAlsoAsOneWord) {
  EXPECT_EQ(searchable_names(titled("Spider-Man: No Way")), " spider man no way\x1f spiderman no way");
  EXPECT_EQ(searchable_names(titled("WALL·E")), " wall e\x1f walle");
  EXPECT_EQ(searchable_names(titled("Кин-дза-дза!")), " кин дза дза\x1f киндзадза");
}

TEST(SearchableNames, StandAlsoWithoutTheirArticle) {
  EXPECT_EQ(searchable_names(titled("The Godfather")), " the godfather\x1f godfather");
  EXPECT_EQ(searchable_names(titled("A")), " a");
  EXPECT_EQ(searchable_names(titled("Another")), " another");
}

TEST(SearchableNames, WriteFractionsAsPeopleTypeThem) {
  EXPECT_EQ(fold_for_search("8½"), fold_for_search("8 1/2"));
  EXPECT_EQ(fold_for_search("½ и ¾"), "1 2 и 3 4");
}

TEST(FormKeys, FormsOfOneWordHaveOneInCommon) {
  FormKeys keys;
  const auto meet = [&](std::string_view a, std::string_view b) {
    const auto one = keys.of(a);
    const auto other = keys.of(b);
    return std::any_of(one.begin(), one.end(), [&](FormKey key) {
      return std::find(other.begin(), other.end(), key) != other.end();
    });
  };
  EXPECT_TRUE(meet("друзьям", "друг"));
  EXPECT_TRUE(meet("любви", "любовь"));
  EXPECT_TRUE(meet("running", "runs"));
  EXPECT_TRUE(meet("ii", "2"));
  EXPECT_FALSE(meet("i", "1"));
  EXPECT_FALSE(meet("война", "весна"));
}

TEST(RomanNumbers, GoFromTwoToThirtyNine) {
  EXPECT_EQ(roman_number("ii"), 2);
  EXPECT_EQ(roman_number("xiv"), 14);
  EXPECT_EQ(roman_number("xxxix"), 39);
  for (const char* no : {"", "i", "iiii", "mix", "vv", "xxxx"}) EXPECT_EQ(roman_number(no), 0) << no;
}

}  // namespace
}  // namespace filmoteka::metadata
