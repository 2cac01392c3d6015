#include <gateway/core/http_caching/cache_status.hpp>
#include <gateway/core/http_caching/invalidation.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using Texts = std::vector<std::string>;

Texts targets(const http::Headers& response, int status = 200) {
  return invalidated_targets("/a/b?q=1", "films.example:80", status, response);
}

TEST(Rfc9110_9_2_1_SafeMethods, InvalidateNothing) {
  for (const char* method : {"GET", "HEAD", "OPTIONS", "TRACE"}) EXPECT_TRUE(is_safe(method)) << method;
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "get", "BREW"})
    EXPECT_FALSE(is_safe(method)) << method;
}

TEST(Rfc9111_4_4_Invalidation, IsOfTheTargetUnlessItFailed) {
  EXPECT_EQ(targets({}), Texts{"/a/b?q=1"});
  EXPECT_EQ(targets({}, 303), Texts{"/a/b?q=1"});
  EXPECT_EQ(targets({{"Location", "/x"}}, 400), Texts{});
  EXPECT_EQ(targets({}, 500), Texts{});
}

TEST(Rfc9111_4_4_Invalidation, IsOfLocationAndContentLocationToo) {
  EXPECT_EQ(targets({{"Location", "/x?y"}, {"Content-Location", "c"}}), (Texts{"/a/b?q=1", "/x?y", "/a/c"}));
  EXPECT_EQ(targets({{"Location", "http://FILMS.example:80/x#f"}}), (Texts{"/a/b?q=1", "/x"}));
  EXPECT_EQ(targets({{"Location", "//films.example:80"}}), (Texts{"/a/b?q=1", "/"}));
  EXPECT_EQ(targets({{"Location", "?z"}}), (Texts{"/a/b?q=1", "/a/b?z"}));
}

TEST(Rfc9111_4_4_Invalidation, IsNotOfOtherOrigins) {
  for (const char* location : {"http://other.example/x", "//other.example/x", "mailto:a@b", "http:/x"}) {
    EXPECT_EQ(targets({{"Location", location}}), Texts{"/a/b?q=1"}) << location;
  }
}

TEST(Rfc9875_2_CacheGroups, AreAListOfStrings) {
  const auto groups = [](const char* value) {
    return group_names(http::Headers{{"Cache-Groups", value}}, "Cache-Groups");
  };
  EXPECT_EQ(groups(R"("films", "film-7";x=1)"), (Texts{"films", "film-7"}));
  EXPECT_EQ(groups(R"("a", token, 3)"), Texts{"a"});
  EXPECT_EQ(groups(R"("a", "b)"), Texts{});
  EXPECT_EQ(group_names(http::Headers{}, "Cache-Groups"), Texts{});
  EXPECT_EQ(group_names(http::Headers{{"Cache-Groups", "\"a\""}, {"Cache-Groups", "\"b\""}}, "Cache-Groups"),
            (Texts{"a", "b"}));
}

TEST(Rfc9211_2_CacheStatus, SaysWhatWasDone) {
  using std::chrono::seconds;
  EXPECT_EQ(to_string(CacheStatus{.time_to_live = seconds{3}}), "filmoteka; hit; ttl=3");
  EXPECT_EQ(to_string(CacheStatus{.forward = Forward::kStale, .forward_status = 304, .stored = true}),
            "filmoteka; fwd=stale; fwd-status=304; stored");
  EXPECT_EQ(to_string(CacheStatus{.forward = Forward::kStale,
                                  .forward_status = 503,
                                  .time_to_live = seconds{-2},
                                  .detail = "stale-if-error"}),
            "filmoteka; fwd=stale; fwd-status=503; ttl=-2; detail=stale-if-error");
  EXPECT_EQ(to_string(CacheStatus{.forward = Forward::kVaryMiss, .collapsed = true}),
            "filmoteka; fwd=vary-miss; collapsed");
}

}  // namespace
}  // namespace filmoteka::gateway
