#include <gateway/core/answer/variants.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using http::Encoding;
using testing::HasSubstr;
using testing::Not;

const std::string kLong(4'000, 'x');

http::Headers json_headers() {
  return {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}};
}

http::Request request_with(const std::vector<http::HeaderView>& headers) {
  http::Request request;
  request.headers = headers;
  return request;
}

TEST(Variants, MakesACompressedOneOnce) {
  Variants variants(json_headers(), "v1", kLong);
  EXPECT_EQ(variants.get(Encoding::kBrotli), nullptr);
  EXPECT_TRUE(variants.claim(Encoding::kBrotli));
  EXPECT_FALSE(variants.claim(Encoding::kBrotli));
  EXPECT_EQ(variants.get(Encoding::kBrotli), nullptr);
  variants.compress(Encoding::kBrotli, 4);
  const auto made = variants.get(Encoding::kBrotli);
  ASSERT_NE(made, nullptr);
  EXPECT_LT(made->body.size(), kLong.size());
  EXPECT_THAT(made->head, HasSubstr("Content-Encoding: br\r\n"));
  EXPECT_THAT(made->head, HasSubstr("Vary: Accept-Encoding\r\n"));
  EXPECT_FALSE(variants.claim(Encoding::kBrotli));
  EXPECT_TRUE(variants.claim(Encoding::kGzip));
}

TEST(Variants, ThePlainOneStandsInWhereCompressingIsNotWorthIt) {
  const Variants small(json_headers(), "v1", "{}");
  EXPECT_EQ(small.get(Encoding::kGzip), small.get(Encoding::kIdentity));
  const Variants picture({{"Content-Type", "image/png"}}, "v1", kLong);
  EXPECT_EQ(picture.get(Encoding::kBrotli), picture.get(Encoding::kIdentity));
  EXPECT_THAT(picture.get(Encoding::kIdentity)->head, Not(HasSubstr("Vary")));
}

TEST(Variants, CountsEachBodyOnce) {
  const Variants small(json_headers(), "v1", "{}");
  Variants large(json_headers(), "v1", kLong);
  EXPECT_LT(small.bytes(), 2'000U);
  const std::size_t plain = large.bytes();
  EXPECT_GT(plain, kLong.size());
  ASSERT_TRUE(large.claim(Encoding::kGzip));
  large.compress(Encoding::kGzip, 5);
  EXPECT_GT(large.bytes(), plain);
}

TEST(Choose, GivesTheBestThatTheClientTakesAndSaysWhatIsMissing) {
  Variants variants(json_headers(), "v1", kLong);
  const auto first = choose(variants, request_with({{"accept-encoding", "gzip, br"}}));
  EXPECT_EQ(first.response, variants.get(Encoding::kIdentity));
  EXPECT_EQ(first.missing, Encoding::kBrotli);
  ASSERT_TRUE(variants.claim(Encoding::kBrotli));
  variants.compress(Encoding::kBrotli, 4);
  const auto second = choose(variants, request_with({{"accept-encoding", "gzip, br"}}));
  EXPECT_EQ(second.response, variants.get(Encoding::kBrotli));
  EXPECT_EQ(second.missing, std::nullopt);
  EXPECT_EQ(choose(variants, request_with({})).response, variants.get(Encoding::kIdentity));
}

TEST(Choose, AnswersNotModifiedToWhoHasThisState) {
  const Variants variants(json_headers(), "v1", kLong);
  for (const char* tag : {"\"v1\"", "W/\"v1\"", "\"v0\", W/\"v1\"", "*"}) {
    const auto choice = choose(variants, request_with({{"If-None-Match", tag}}));
    EXPECT_EQ(choice.response, variants.not_modified()) << tag;
  }
  for (const char* tag : {"\"v2\"", "v1", "", "\"v\""}) {
    const auto choice = choose(variants, request_with({{"If-None-Match", tag}}));
    EXPECT_EQ(choice.response, variants.get(Encoding::kIdentity)) << tag;
  }
}

TEST(Choose, NotModifiedRepeatsWhatCachesNeedAndHasNoBody) {
  const Variants variants(json_headers(), "v1", kLong);
  const auto& ready = *variants.not_modified();
  EXPECT_EQ(ready.status, 304);
  EXPECT_EQ(ready.body, "");
  EXPECT_THAT(ready.head, HasSubstr("ETag: W/\"v1\"\r\n"));
  EXPECT_THAT(ready.head, HasSubstr("Cache-Control: no-cache\r\n"));
  EXPECT_THAT(ready.head, HasSubstr("Vary: Accept-Encoding\r\n"));
  EXPECT_THAT(ready.head, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(ready.head, Not(HasSubstr("\nContent-Type")));
}

}  // namespace
}  // namespace filmoteka::gateway
