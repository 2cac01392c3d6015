#include <gateway/core/http_caching/directives.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using std::chrono::seconds;

ResponseDirectives response(std::string value) {
  const http::Headers headers = {{"Cache-Control", std::move(value)}};
  return response_directives(headers);
}

RequestDirectives request(std::string value) {
  const http::Headers headers = {{"Cache-Control", std::move(value)}};
  return request_directives(headers);
}

TEST(Rfc9111_5_2_CacheControl, IsReadInAnyCaseAndForm) {
  EXPECT_EQ(response("MAX-AGE=60").max_age, seconds{60});
  EXPECT_EQ(response("max-age=\"60\"").max_age, seconds{60});
  EXPECT_EQ(response("a=\"x, max-age=9\",max-age=60").max_age, seconds{60});
  EXPECT_TRUE(response("foo, No-Store ,bar=baz").no_store);
  EXPECT_TRUE(response("must-revalidate").must_revalidate);
  EXPECT_TRUE(response("proxy-revalidate").must_revalidate);
  EXPECT_TRUE(response("must-understand").must_understand);
  EXPECT_TRUE(response("public").is_public);
  EXPECT_EQ(response("s-maxage=7, max-age=60").s_maxage, seconds{7});
}

TEST(Rfc9111_1_2_2_DeltaSeconds, ThatAreTooLargeAreTheLargest) {
  EXPECT_EQ(response("max-age=99999999999999999999999").max_age, seconds{std::int64_t{1} << 31});
  EXPECT_EQ(response("max-age=2147483648").max_age, seconds{std::int64_t{1} << 31});
}

TEST(Rfc9111_4_2_1_InvalidLifetimes, MakeAnAnswerStale) {
  for (const char* text : {"max-age=1.5", "max-age=-1", "max-age", "max-age=", "max-age=a60", "max-age=60a",
                           "max-age =60", "max-age= 60", "max-age='60'"}) {
    EXPECT_EQ(response(text).max_age, seconds{0}) << text;
  }
}

TEST(Rfc9111_4_2_1_Duplicates, ThatContradictEachOtherMakeAnAnswerStale) {
  EXPECT_EQ(response("max-age=60, max-age=60").max_age, seconds{60});
  EXPECT_EQ(response("max-age=60, max-age=1").max_age, seconds{0});
  EXPECT_EQ(response("max-age=1, max-age=60").max_age, seconds{0});
}

TEST(Rfc9111_5_2_2_4_NoCacheWithFields, KeepsThoseBack) {
  const auto named = response("no-cache=\"Set-Cookie, X-A\", max-age=1");
  EXPECT_FALSE(named.no_cache);
  EXPECT_EQ(named.kept_back, (std::vector<std::string>{"set-cookie", "x-a"}));
  EXPECT_TRUE(response("no-cache").no_cache);
  EXPECT_TRUE(response("no-cache=\"\"").no_cache);
  EXPECT_TRUE(response("no-cache=\"a\", no-cache").no_cache);
}

TEST(Rfc9111_5_2_2_7_PrivateWithFields, KeepsThoseBack) {
  EXPECT_EQ(response("private=set-cookie").kept_back, std::vector<std::string>{"set-cookie"});
  EXPECT_FALSE(response("private=set-cookie").is_private);
  EXPECT_TRUE(response("private").is_private);
}

TEST(Rfc5861_3_And_4_Extensions, AreRead) {
  EXPECT_EQ(response("stale-while-revalidate=30").stale_while_revalidate, seconds{30});
  EXPECT_EQ(response("stale-if-error=30").stale_if_error, seconds{30});
  EXPECT_EQ(response("stale-if-error=x").stale_if_error, std::nullopt);
  EXPECT_EQ(request("stale-if-error=30").stale_if_error, seconds{30});
}

TEST(Rfc9111_5_2_1_RequestDirectives, AreRead) {
  EXPECT_EQ(request("max-age=3").max_age, seconds{3});
  EXPECT_EQ(request("max-stale=3").max_stale, seconds{3});
  EXPECT_EQ(request("max-stale").max_stale, seconds{std::int64_t{1} << 31});
  EXPECT_EQ(request("min-fresh=3").min_fresh, seconds{3});
  EXPECT_TRUE(request("no-cache").no_cache);
  EXPECT_TRUE(request("no-store").no_store);
  EXPECT_TRUE(request("only-if-cached").only_if_cached);
}

TEST(Rfc9111_5_4_Pragma, CountsWhereThereIsNoCacheControl) {
  EXPECT_TRUE(request_directives(http::Headers{{"Pragma", "foo, No-Cache"}}).no_cache);
  const http::Headers both = {{"Pragma", "no-cache"}, {"Cache-Control", "max-age=9"}};
  EXPECT_FALSE(request_directives(both).no_cache);
  EXPECT_FALSE(response_directives(http::Headers{{"Pragma", "no-cache"}}).no_cache);
}

ResponseDirectives targeted(std::string value) {
  const http::Headers headers = {{"CDN-Cache-Control", std::move(value)},
                                 {"Cache-Control", "max-age=5, private"}};
  return response_directives(headers);
}

TEST(Rfc9213_2_TargetedFields, GoBeforeCacheControl) {
  const auto directives = targeted("max-age=60, must-revalidate");
  EXPECT_TRUE(directives.targeted);
  EXPECT_EQ(directives.max_age, seconds{60});
  EXPECT_TRUE(directives.must_revalidate);
  EXPECT_FALSE(directives.is_private);
}

TEST(Rfc9213_2_1_InvalidFields, AreIgnored) {
  for (const char* text : {"", "max-age=60,", "MAX-AGE=60", "max-age=60 x"}) {
    EXPECT_FALSE(targeted(text).targeted) << text;
    EXPECT_EQ(targeted(text).max_age, seconds{5}) << text;
  }
}

TEST(Rfc9213_2_1_DirectivesOfTheWrongType, AreIgnored) {
  EXPECT_EQ(targeted("max-age=\"60\", no-cache").max_age, std::nullopt);
  EXPECT_EQ(targeted("max-age=1.5, no-cache").max_age, std::nullopt);
  EXPECT_FALSE(targeted("no-store=?0, max-age=1").no_store);
  EXPECT_EQ(targeted("max-age=60;x=\"y\"").max_age, seconds{60});
  EXPECT_EQ(targeted("private=\"x-a\", max-age=1").kept_back, std::vector<std::string>{"x-a"});
}

}  // namespace
}  // namespace filmoteka::gateway
