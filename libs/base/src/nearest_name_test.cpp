#include <filmoteka/base/nearest_name.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace filmoteka {
namespace {

TEST(NearestName, counts_the_edits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("lisetn", "listen"), 1U) << "a swap is one slip";
  EXPECT_EQ(edit_distance("ca", "abc"), 3U) << "no byte is edited twice";
}

TEST(NearestName, finds_what_was_meant) {
  const std::vector<std::string_view> names = {"per_page", "page", "year_from", "genre", "q"};
  EXPECT_EQ(nearest_name("pre_page", names), "per_page");
  EXPECT_EQ(nearest_name("yearfrom", names), "year_from");
  EXPECT_EQ(nearest_name("genres", names), "genre");
}

TEST(NearestName, asks) {
  const std::vector<std::string> names = {"listen"};
  EXPECT_EQ(did_you_mean("lisen", names), " Did you mean 'listen'?");
  EXPECT_EQ(did_you_mean("metadata", names), "");
}

TEST(NearestName, does_not_guess_wildly) {
  const std::vector<std::string> names = {"per_page", "page", "genre", "q"};
  EXPECT_EQ(nearest_name("limit", names), std::nullopt);
  EXPECT_EQ(nearest_name("x", names), std::nullopt) << "shares nothing with q";
  EXPECT_EQ(nearest_name(std::string(10'000, 'q'), names), std::nullopt);
  EXPECT_EQ(nearest_name("page", std::vector<std::string>()), std::nullopt);
}

}  // namespace
}  // namespace filmoteka
