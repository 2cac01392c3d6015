#include <gateway/core/request/parameters.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using testing::HasSubstr;

constexpr std::string_view kAllowed[] = {"q", "genre", "year_from", "per_page"};

TEST(NormalQuery, HasOneFormForAllSpellings) {
  for (const char* query :
       {"q=a%20b&genre=x", "genre=x&q=a+b", "&genre=x&&q=a%20b&", "genre=%78&%71=a%20b"}) {
    EXPECT_EQ(normal_query(query, kAllowed).value(), "q=a%20b&genre=x") << query;
  }
}

TEST(NormalQuery, KeepsTheOrderOfRepeatedParameters) {
  EXPECT_EQ(normal_query("genre=b&q=1&genre=a", kAllowed).value(), "q=1&genre=b&genre=a");
}

TEST(NormalQuery, EncodesWhateverCouldMeanSomethingElsewhere) {
  EXPECT_EQ(normal_query("q=%26include_inactive%3Dtrue%23%0D%0A", kAllowed).value(),
            "q=%26include_inactive%3Dtrue%23%0D%0A");
  EXPECT_EQ(normal_query("q=\xD0\xB4", kAllowed).value(), "q=%D0%B4");
}

TEST(NormalQuery, EmptyValuesArePassedOnToBeJudged) {
  EXPECT_EQ(normal_query("q=&per_page", kAllowed).value(), "q=&per_page=");
}

TEST(NormalQuery, RefusesEveryParameterThatIsNotAllowedByName) {
  const auto refused = normal_query("include_inactive=true&q=x&Genre=y&", kAllowed);
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  ASSERT_EQ(refused.error().fields.size(), 2U);
  EXPECT_EQ(refused.error().fields[0].parameter, "include_inactive");
  EXPECT_EQ(refused.error().fields[1].parameter, "Genre");
  EXPECT_THAT(refused.error().fields[1].detail, HasSubstr("Did you mean 'genre'?"));
}

TEST(NormalQuery, RefusesBrokenEncodings) {
  for (const char* query : {"q=%", "q=%zz", "q=%FF", "q=%00"}) {
    EXPECT_TRUE(normal_query(query, kAllowed).has_error()) << query;
  }
}

TEST(NormalQuery, SaysWhenAnAddressTakesNoParametersAtAll) {
  const auto refused = normal_query("page=2", {});
  ASSERT_TRUE(refused.has_error());
  EXPECT_THAT(refused.error().fields.at(0).detail, HasSubstr("takes none"));
}

}  // namespace
}  // namespace filmoteka::gateway
