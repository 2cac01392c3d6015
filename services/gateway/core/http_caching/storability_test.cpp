#include <gateway/core/http_caching/storability.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

Obstacle judge(int status, http::Headers fields, const StoringRequest& request = {}) {
  const auto directives = response_directives(fields);
  const ExchangeTimes times{};
  return storing_obstacle(request, status, fields, directives,
                          freshness_lifetime(status, fields, directives, times));
}

Obstacle judge(std::string cache_control, const StoringRequest& request = {}) {
  return judge(200, {{"Cache-Control", std::move(cache_control)}}, request);
}

TEST(Rfc9111_3_Storing, NeedsALifetimeOrAValidator) {
  EXPECT_EQ(judge("max-age=60"), Obstacle::kNone);
  EXPECT_EQ(judge("max-age=0"), Obstacle::kUseless);
  EXPECT_EQ(judge(200, {}), Obstacle::kUseless);
  EXPECT_EQ(judge(200, {{"ETag", "\"a\""}}), Obstacle::kNone);
  EXPECT_EQ(judge(200, {{"ETag", "\"a\""}, {"Cache-Control", "no-cache"}}), Obstacle::kNone);
  EXPECT_EQ(judge(599, {{"ETag", "\"a\""}}), Obstacle::kUseless);
}

TEST(Rfc9111_3_Storing, IsForGetOnly) {
  EXPECT_EQ(judge("max-age=60", {.is_get = false}), Obstacle::kMethod);
}

TEST(Rfc9111_3_Storing, IsForFinalWholeAnswers) {
  for (const int status : {206, 304, 103}) {
    EXPECT_EQ(judge(status, {{"Cache-Control", "max-age=60"}}), Obstacle::kStatus) << status;
  }
  for (const int status : {200, 201, 302, 404, 500, 599}) {
    EXPECT_EQ(judge(status, {{"Cache-Control", "max-age=60"}}), Obstacle::kNone) << status;
  }
}

TEST(Rfc9111_5_2_2_5_NoStore, ForbidsIt) {
  EXPECT_EQ(judge("no-store, max-age=60"), Obstacle::kNoStore);
}

TEST(Rfc9111_5_2_1_5_NoStoreOfTheRequest, ForbidsIt) {
  EXPECT_EQ(judge("max-age=60", {.no_store = true}), Obstacle::kNoStore);
}

TEST(Rfc9111_5_2_2_3_MustUnderstand, OverridesNoStoreForKnownStatuses) {
  EXPECT_EQ(judge("must-understand, no-store, max-age=60"), Obstacle::kNone);
  EXPECT_EQ(judge(599, {{"Cache-Control", "must-understand, max-age=60"}}), Obstacle::kStatus);
}

TEST(Rfc9111_5_2_2_7_Private, ForbidsItInASharedCache) {
  EXPECT_EQ(judge("private, max-age=60"), Obstacle::kPrivate);
  EXPECT_EQ(judge("private=\"x-a\", max-age=60"), Obstacle::kNone);
}

TEST(Rfc9111_3_5_Authorization, NeedsLeave) {
  const StoringRequest authorized{.has_authorization = true};
  EXPECT_EQ(judge("max-age=60", authorized), Obstacle::kAuthorization);
  EXPECT_EQ(judge("max-age=60, public", authorized), Obstacle::kNone);
  EXPECT_EQ(judge("max-age=60, must-revalidate", authorized), Obstacle::kNone);
  EXPECT_EQ(judge("s-maxage=60", authorized), Obstacle::kNone);
}

TEST(Rfc9111_4_1_VaryStar, IsNotStored) {
  EXPECT_EQ(judge(200, {{"Cache-Control", "max-age=60"}, {"Vary", "Accept, *"}}), Obstacle::kVary);
}

TEST(Rfc9111_3_1_StoredFields, AreThoseFromEndToEnd) {
  const http::Headers fields = {
      {"Connection", "close, X-Hop"},   {"X-Hop", "1"},          {"Keep-Alive", "9"},
      {"Transfer-Encoding", "chunked"}, {"Upgrade", "h2c"},      {"TE", "trailers"},
      {"Proxy-Authenticate", "Basic"},  {"Content-Length", "3"}, {"X-End", "1"}};
  EXPECT_EQ(end_to_end(fields), (http::Headers{{"X-End", "1"}}));
}

TEST(Rfc9111_3_1_StoredFields, LeaveOutWhatIsKeptBack) {
  const http::Headers fields = {
      {"Cache-Control", "no-cache=\"Set-Cookie\", max-age=9"}, {"Set-Cookie", "a"}, {"X", "1"}};
  EXPECT_EQ(storable_fields(fields, response_directives(fields)), (http::Headers{fields[0], fields[2]}));
}

}  // namespace
}  // namespace filmoteka::gateway
