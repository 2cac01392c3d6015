#include <filmoteka/base/time_format.hpp>
#include <filmoteka/fetch/url.hpp>
#include <filmoteka/fetch/verdict.hpp>

#include <gtest/gtest.h>

namespace filmoteka::fetch {
namespace {

using namespace std::chrono_literals;

FetchResponse answer(int status, std::string body = {}, HeaderList headers = {}) {
  FetchResponse response;
  response.status = status;
  response.body = std::move(body);
  response.headers = std::move(headers);
  return response;
}

TEST(Verdict, TellsAChallengePageFromData) {
  EXPECT_EQ(judge(answer(200, " {\"results\":[]}"), Expected::kJson), Verdict::kOk);
  EXPECT_EQ(judge(answer(200, "<html><body>QRATOR</body></html>"), Expected::kJson), Verdict::kBlocked);
  EXPECT_EQ(judge(answer(200, "\xEF\xBB\xBF<!DOCTYPE html>"), Expected::kXml), Verdict::kBlocked);
  EXPECT_EQ(judge(answer(200, "<?xml version=\"1.0\"?><rss/>"), Expected::kXml), Verdict::kOk);
  EXPECT_EQ(judge(answer(200, "<html>"), Expected::kAnything), Verdict::kOk);
}

TEST(Verdict, ReadsStatusCodes) {
  EXPECT_EQ(judge(answer(304), Expected::kJson), Verdict::kNotModified);
  EXPECT_EQ(judge(answer(401), Expected::kJson), Verdict::kBlocked);
  EXPECT_EQ(judge(answer(403), Expected::kJson), Verdict::kBlocked);
  EXPECT_EQ(judge(answer(404, "{}"), Expected::kJson), Verdict::kMissing);
  EXPECT_EQ(judge(answer(429), Expected::kJson), Verdict::kRateLimited);
  EXPECT_EQ(judge(answer(500), Expected::kJson), Verdict::kServerError);
  EXPECT_EQ(judge(answer(503), Expected::kJson), Verdict::kServerError);
  EXPECT_EQ(judge(answer(503, {}, {{"retry-after", "5"}}), Expected::kJson), Verdict::kRateLimited);
  EXPECT_EQ(judge(answer(302), Expected::kJson), Verdict::kRefused);
  EXPECT_EQ(judge(answer(400), Expected::kJson), Verdict::kRefused);
}

TEST(Verdict, ReadsFailures) {
  EXPECT_EQ(judge(unavailable("x")), Verdict::kUnreachable);
  EXPECT_EQ(judge(deadline_exceeded("x")), Verdict::kUnreachable);
  EXPECT_EQ(judge(Error{ErrorCode::kPayloadTooLarge, "x", {}, {}}), Verdict::kRefused);
  EXPECT_EQ(judge(Error{ErrorCode::kCancelled, "x", {}, {}}), Verdict::kCancelled);
}

TEST(RetryAfter, TakesSecondsAndDates) {
  const auto now = *parse_rfc3339("2026-11-23T06:00:00Z");
  const auto of = [now](const char* value) {
    return retry_after({{"Retry-After", value}}, now);
  };
  EXPECT_EQ(of("120"), 120s);
  EXPECT_EQ(of(" 0 "), 0s);
  EXPECT_EQ(of("99999999999999999999999"), 24h);
  EXPECT_EQ(of("Mon, 23 Nov 2026 06:10:00 GMT"), 10min);
  EXPECT_EQ(of("Mon, 23 Nov 2026 05:00:00 GMT"), 0s);
  EXPECT_EQ(of("Mon, 23 Nov 2099 05:00:00 GMT"), 24h);
  EXPECT_EQ(of("soon"), std::nullopt);
  EXPECT_EQ(of("-5"), std::nullopt);
  EXPECT_EQ(retry_after({}, now), std::nullopt);
}

TEST(WebUrl, TakesOnlyAbsoluteWebAddresses) {
  for (const auto* text : {"file:///etc/passwd", "ftp://a/", "/x", "a/b", "http://", "http://user@host/",
                           "http://h:0/", "javascript:alert(1)", "http://a b/", "", "http:/a"})
    EXPECT_TRUE(parse_web_url(text).has_error()) << text;
}

TEST(WebUrl, IsNormalised) {
  const auto url = parse_web_url("HTTPS://Rutube.RU:443/a/../api?x=%d0#part");
  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->text, "https://rutube.ru/api?x=%D0");
  EXPECT_EQ(url->origin(), "https://rutube.ru");
  EXPECT_EQ(url->target, "/api?x=%D0");
  EXPECT_EQ(parse_web_url("http://[::1]:81")->origin(), "http://[::1]:81");
  EXPECT_EQ(parse_web_url("http://h")->target, "/");
}

TEST(WebUrl, ResolvesReferences) {
  const auto base = *parse_web_url("http://h/a/b?c");
  EXPECT_EQ(resolve_web_url(base, "../x")->text, "http://h/x");
  EXPECT_EQ(resolve_web_url(base, "?page=2")->text, "http://h/a/b?page=2");
  EXPECT_EQ(resolve_web_url(base, "//other/y")->text, "http://other/y");
  EXPECT_TRUE(resolve_web_url(base, "file:///x").has_error());
}

}  // namespace
}  // namespace filmoteka::fetch
