#include <gateway/core/http_caching/validators.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

const std::chrono::sys_seconds kReceived{std::chrono::seconds{1'700'000'000}};
constexpr const char* kDate = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr const char* kLater = "Sun, 06 Nov 1994 08:49:38 GMT";
constexpr const char* kEarlier = "Sun, 06 Nov 1994 08:49:36 GMT";

bool unchanged(const http::Headers& request, const http::Headers& stored) {
  return is_not_modified(request, stored, kReceived);
}

TEST(Rfc9110_8_8_3_EntityTags, AreOpaqueAndMayBeWeak) {
  EXPECT_EQ(parse_entity_tag("W/\"a b\""), std::nullopt);
  EXPECT_EQ(parse_entity_tag("\"a\"")->opaque, "a");
  EXPECT_TRUE(parse_entity_tag("W/\"\"")->weak);
  for (const char* text : {"", "a", "\"", "w/\"a\"", "\"a\"b\"", "\"a"}) {
    EXPECT_EQ(parse_entity_tag(text), std::nullopt) << text;
  }
}

TEST(Rfc9110_13_1_2_IfNoneMatch, NamesTagsInAListByWeakComparison) {
  const http::Headers stored = {{"ETag", "\"b\""}};
  EXPECT_TRUE(unchanged({{"If-None-Match", "\"a\", W/\"b\""}}, stored));
  EXPECT_TRUE(unchanged({{"If-None-Match", "\"a\""}, {"If-None-Match", "\"b\""}}, stored));
  EXPECT_TRUE(unchanged({{"If-None-Match", "*"}}, {}));
  EXPECT_FALSE(unchanged({{"If-None-Match", "\"a\""}}, stored));
  EXPECT_FALSE(unchanged({{"If-None-Match", "b"}}, stored));
  EXPECT_TRUE(unchanged({{"If-None-Match", "\"x,y\""}}, {{"ETag", "W/\"x,y\""}}));
}

TEST(Rfc9110_13_2_2_Precedence, IfNoneMatchDecidesAlone) {
  const http::Headers stored = {{"ETag", "\"b\""}, {"Last-Modified", kDate}};
  EXPECT_FALSE(unchanged({{"If-None-Match", "\"a\""}, {"If-Modified-Since", kLater}}, stored));
  EXPECT_TRUE(unchanged({{"If-None-Match", "\"b\""}, {"If-Modified-Since", kEarlier}}, stored));
}

TEST(Rfc9111_4_3_2_IfModifiedSince, IsComparedWithLastModifiedOrDateOrTheReceipt) {
  EXPECT_TRUE(unchanged({{"If-Modified-Since", kDate}}, {{"Last-Modified", kDate}}));
  EXPECT_FALSE(unchanged({{"If-Modified-Since", kEarlier}}, {{"Last-Modified", kDate}}));
  EXPECT_TRUE(unchanged({{"If-Modified-Since", kLater}}, {{"Date", kDate}}));
  EXPECT_FALSE(unchanged({{"If-Modified-Since", kDate}}, {}));
  EXPECT_FALSE(unchanged({{"If-Modified-Since", "yesterday"}}, {{"Last-Modified", kDate}}));
}

TEST(Rfc9111_4_3_1_Validation, SendsBothValidatorsAndTheClientsTags) {
  const http::Headers stored = {{"ETag", "\"b\""}, {"Last-Modified", kDate}};
  EXPECT_EQ(validating_conditions(stored, std::nullopt),
            (http::Headers{{"If-None-Match", "\"b\""}, {"If-Modified-Since", kDate}}));
  EXPECT_EQ(validating_conditions(stored, "\"a\", W/\"b\"").front().second, "\"b\", \"a\"");
  EXPECT_TRUE(validating_conditions(http::Headers{}, "\"a\"").empty());
}

TEST(Rfc9111_4_3_4_NotModified, SpeaksOfTheAnswerWithItsTag) {
  const http::Headers stored = {{"ETag", "\"b\""}};
  EXPECT_TRUE(is_confirmed_by(http::Headers{}, stored));
  EXPECT_TRUE(is_confirmed_by(http::Headers{{"ETag", "W/\"b\""}}, stored));
  EXPECT_FALSE(is_confirmed_by(http::Headers{{"ETag", "\"a\""}}, stored));
  EXPECT_FALSE(is_confirmed_by(http::Headers{{"ETag", "\"a\""}}, http::Headers{}));
}

TEST(Rfc9111_3_2_Updating, ReplacesFieldsButThoseThatDescribeTheBytes) {
  const http::Headers stored = {{"A", "1"}, {"A", "2"}, {"B", "1"}, {"Content-Encoding", "br"}};
  const http::Headers came = {{"a", "3"}, {"C", "1"}, {"Content-Encoding", "gzip"}, {"Content-Length", "0"}};
  EXPECT_EQ(updated_fields(stored, came),
            (http::Headers{{"B", "1"}, {"Content-Encoding", "br"}, {"a", "3"}, {"C", "1"}}));
}

TEST(Rfc9111_4_3_5_Head, IsOfTheStoredAnswerIfNothingDiffers) {
  const http::Headers stored = {{"ETag", "\"b\""}, {"Last-Modified", kDate}};
  EXPECT_TRUE(is_same_representation(http::Headers{{"ETag", "\"b\""}, {"Content-Length", "3"}}, stored, 3));
  EXPECT_FALSE(is_same_representation(http::Headers{{"ETag", "\"a\""}}, stored, 3));
  EXPECT_FALSE(is_same_representation(http::Headers{{"Last-Modified", kLater}}, stored, 3));
  EXPECT_FALSE(is_same_representation(http::Headers{{"Content-Length", "4"}}, stored, 3));
}

}  // namespace
}  // namespace filmoteka::gateway
