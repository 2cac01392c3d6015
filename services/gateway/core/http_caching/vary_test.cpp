#include <gateway/core/http_caching/vary.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

std::string variant(const http::Headers& request, const http::Headers& response) {
  return variant_of(varying_fields(response), request);
}

TEST(Rfc9111_4_1_Vary, TellsRequestsApartByTheNamedFields) {
  const http::Headers varies = {{"Vary", "Foo"}, {"Vary", "bar, foo"}};
  EXPECT_EQ(varying_fields(varies), (std::vector<std::string>{"bar", "foo"}));
  const std::string one = variant({{"Foo", "1"}}, varies);
  EXPECT_NE(one, variant({{"Foo", "2"}}, varies));
  EXPECT_NE(one, variant({}, varies));
  EXPECT_NE(one, variant({{"Foo", "1"}, {"Bar", "1"}}, varies));
  EXPECT_NE(variant({{"Foo", ""}}, varies), variant({}, varies));
}

TEST(Rfc9111_4_1_Vary, TakesNoNoticeOfOtherFields) {
  const http::Headers varies = {{"Vary", "Foo"}};
  EXPECT_EQ(variant({{"Foo", "1"}, {"X-Forwarded-Host", "evil"}}, varies), variant({{"foo", "1"}}, varies));
  EXPECT_EQ(variant({{"Cookie", "a"}}, {}), variant({}, {}));
}

TEST(Rfc9111_4_1_Vary, JoinsLinesAndTrimsWhiteSpace) {
  const http::Headers varies = {{"Vary", "Foo"}};
  EXPECT_EQ(variant({{"Foo", "1"}, {"Foo", "2"}}, varies), variant({{"Foo", "1 ,2"}}, varies));
  EXPECT_NE(variant({{"Foo", "1, 2"}}, varies), variant({{"Foo", "2, 1"}}, varies));
}

TEST(Rfc9111_4_1_NormalisedAcceptEncoding, DoesNotDependOnSpelling) {
  const http::Headers varies = {{"Vary", "Accept-Encoding"}};
  const auto accepting = [&](const char* value) {
    return variant({{"Accept-Encoding", value}}, varies);
  };
  EXPECT_EQ(accepting("gzip, br"), accepting("BR,gzip;q=1.0"));
  EXPECT_EQ(accepting("x-gzip"), accepting("gzip"));
  EXPECT_NE(accepting("gzip;q=0.5, br"), accepting("gzip, br"));
  EXPECT_NE(accepting("gzip;q=0"), accepting("gzip"));
}

TEST(Rfc9111_4_1_Vary, CannotBeForgedByAValue) {
  const http::Headers varies = {{"Vary", "a, b"}};
  EXPECT_NE(variant({{"A", "1"}}, varies), variant({{"A", "1b="}}, varies));
}

}  // namespace
}  // namespace filmoteka::gateway
