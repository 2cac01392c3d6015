#include <filmoteka/base/time_format.hpp>

#include <gateway/core/http_caching/freshness.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr sys_seconds kNow{seconds{1'700'000'000}};
constexpr ExchangeTimes kAtOnce{kNow, kNow};

std::string at(seconds offset) {
  return to_http_date(kNow + offset);
}

Lifetime lifetime(int status, const http::Headers& fields, const ExchangeTimes& times = kAtOnce) {
  return freshness_lifetime(status, fields, response_directives(fields), times);
}

TEST(Rfc9111_4_2_1_Lifetime, ComesFromTheFirstOfSMaxageMaxAgeExpires) {
  const http::Headers all = {
      {"Date", at(seconds{0})}, {"Expires", at(seconds{30})}, {"Cache-Control", "max-age=20, s-maxage=10"}};
  EXPECT_EQ(lifetime(200, all).span, seconds{10});
  EXPECT_EQ(lifetime(200, {all[0], all[1], {"Cache-Control", "max-age=20"}}).span, seconds{20});
  EXPECT_EQ(lifetime(200, {all[0], all[1]}).span, seconds{30});
  EXPECT_EQ(lifetime(200, {{"Date", at(seconds{-10})}, {"Expires", at(seconds{30})}}).span, seconds{40});
}

TEST(Rfc9111_5_3_Expires, ThatIsNoDateOrGivenTwiceIsInThePast) {
  for (const char* text : {"0", "-1", "never", ""}) {
    const Lifetime found = lifetime(200, {{"Expires", text}, {"Last-Modified", at(-hours{100})}});
    EXPECT_EQ(found.span, seconds{0}) << text;
    EXPECT_TRUE(found.is_explicit);
  }
  EXPECT_EQ(lifetime(200, {{"Expires", at(seconds{9})}, {"Expires", at(seconds{9})}}).span, seconds{0});
  EXPECT_EQ(lifetime(200, {{"Expires", at(seconds{-9})}}).span, seconds{0});
}

TEST(Rfc9213_2_TargetedFields, MakeExpiresNotCount) {
  const http::Headers fields = {{"CDN-Cache-Control", "public"}, {"Expires", at(seconds{90})}};
  EXPECT_EQ(lifetime(200, fields).span, seconds{0});
}

TEST(Rfc9111_4_2_2_Heuristic, IsATenthOfTheAgeAndADayAtMost) {
  EXPECT_EQ(lifetime(200, {{"Last-Modified", at(seconds{-1000})}}).span, seconds{100});
  EXPECT_FALSE(lifetime(200, {{"Last-Modified", at(seconds{-1000})}}).is_explicit);
  EXPECT_EQ(lifetime(200, {{"Last-Modified", at(-hours{24 * 365})}}).span, hours{24});
  EXPECT_EQ(lifetime(200, {{"Last-Modified", at(seconds{1000})}}).span, seconds{0});
  EXPECT_EQ(lifetime(200, {}).span, seconds{0});
}

TEST(Rfc9111_4_2_2_Heuristic, IsForStatusesThatAllowItOnly) {
  const http::Headers old = {{"Last-Modified", at(seconds{-1000})}};
  for (const int status : {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501}) {
    EXPECT_EQ(lifetime(status, old).span, seconds{100}) << status;
  }
  for (const int status : {201, 302, 307, 403, 500, 503, 599}) {
    EXPECT_EQ(lifetime(status, old).span, seconds{0}) << status;
    EXPECT_EQ(lifetime(status, {old[0], {"Cache-Control", "public"}}).span, seconds{100}) << status;
  }
  EXPECT_EQ(lifetime(200, {old[0], {"Set-Cookie", "a=b"}}).span, seconds{0});
}

TEST(Rfc9111_4_2_3_Age, IsTheLargerOfWhatAgeAndDateSay) {
  EXPECT_EQ(initial_age(http::Headers{{"Date", at(seconds{-7})}}, kAtOnce), seconds{7});
  EXPECT_EQ(initial_age(http::Headers{{"Date", at(seconds{7})}}, kAtOnce), seconds{0});
  EXPECT_EQ(initial_age(http::Headers{{"Date", at(seconds{-7})}, {"Age", "9"}}, kAtOnce), seconds{9});
  EXPECT_EQ(initial_age(http::Headers{}, kAtOnce), seconds{0});
}

TEST(Rfc9111_4_2_3_Age, HasTheTimeOfTheExchangeAdded) {
  const ExchangeTimes slow{kNow - seconds{3}, kNow};
  EXPECT_EQ(initial_age(http::Headers{{"Age", "9"}}, slow), seconds{12});
  EXPECT_EQ(initial_age(http::Headers{}, slow), seconds{3});
}

TEST(Rfc9111_5_1_AgeField, CountsOnceAndIfItIsOne) {
  EXPECT_EQ(initial_age(http::Headers{{"Age", "9, 100"}}, kAtOnce), seconds{9});
  EXPECT_EQ(initial_age(http::Headers{{"Age", "9"}, {"Age", "100"}}, kAtOnce), seconds{9});
  for (const char* text : {"x", "-5", "1.5", "\"9\""}) {
    EXPECT_EQ(initial_age(http::Headers{{"Age", text}}, kAtOnce), seconds{0}) << text;
  }
}

}  // namespace
}  // namespace filmoteka::gateway
