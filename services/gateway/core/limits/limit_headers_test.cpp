#include <gateway/core/limits/limit_headers.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using ::testing::HasSubstr;

TEST(LimitHeaders, AreStructuredFields) {
  const Limits limits({}, 8, {});
  http::Response response;
  add_limit_headers(response, limits, RouteClass::kSearch, {true, 599, 1});
  EXPECT_EQ(*response.header("RateLimit"), "\"search\";r=599;t=1");
  EXPECT_EQ(*response.header("RateLimit-Policy"), "\"search\";q=600;w=60");
}

TEST(LimitHeaders, ARefusalSaysWhenToComeBack) {
  const Limits limits({}, 8, {});
  const http::Response response = limit_problem(limits, RouteClass::kApi, {false, 0, 7}, "id-1");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(*response.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(*response.header("Cache-Control"), "no-store");
  EXPECT_EQ(*response.header("Retry-After"), "7");
  EXPECT_EQ(*response.header("RateLimit"), "\"api\";r=0;t=7");
  EXPECT_THAT(response.body, HasSubstr("too_many_requests"));
  EXPECT_THAT(response.body, HasSubstr("id-1"));
}

}  // namespace
}  // namespace filmoteka::gateway
