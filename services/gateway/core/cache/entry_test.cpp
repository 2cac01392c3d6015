#include <gateway/core/cache/entry.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

OriginAnswer answer_of(std::string body, std::string etag = {}) {
  OriginAnswer answer;
  answer.status = 200;
  answer.headers = {{"Content-Type", "application/json; charset=utf-8"}};
  if (!etag.empty()) answer.headers.emplace_back("ETag", std::move(etag));
  answer.body = std::move(body);
  return answer;
}

std::string head_of(const Entry& entry) {
  return entry.variants().get(http::Encoding::kIdentity)->head;
}

TEST(Entry, IsFreshForItsTimeAndNotLonger) {
  FakeClock clock;
  const Entry entry(answer_of("{}"), Freshness{.fresh = seconds{5}}, clock.steady_now());
  EXPECT_TRUE(entry.is_fresh(clock.steady_now()));
  EXPECT_EQ(entry.time_to_live(clock.steady_now()), seconds{5});
  clock.advance(milliseconds{4'999});
  EXPECT_TRUE(entry.is_fresh(clock.steady_now()));
  EXPECT_EQ(entry.age(clock.steady_now()), seconds{4});
  clock.advance(milliseconds{1});
  EXPECT_FALSE(entry.is_fresh(clock.steady_now()));
  clock.advance(milliseconds{1});
  EXPECT_EQ(entry.time_to_live(clock.steady_now()), seconds{-1});
}

TEST(Entry, SaysHowLongItMayBeKept) {
  const Entry entry(answer_of("{}"), Freshness{seconds{7}, seconds{20}, seconds{300}}, SteadyTime{});
  EXPECT_THAT(
      head_of(entry),
      HasSubstr("Cache-Control: public, max-age=7, stale-while-revalidate=20, stale-if-error=300\r\n"));
}

TEST(Entry, TakesTheOriginsTagOverAsAWeakOne) {
  EXPECT_THAT(head_of(Entry(answer_of("{}", "\"r42\""), {}, {})), HasSubstr("ETag: W/\"r42\"\r\n"));
  EXPECT_THAT(head_of(Entry(answer_of("{}", "W/\"r42\""), {}, {})), HasSubstr("ETag: W/\"r42\"\r\n"));
}

TEST(Entry, MakesATagWhereTheOriginGaveNone) {
  const Entry one(answer_of("one"), {}, {});
  const Entry same(answer_of("one", "not a tag"), {}, {});
  const Entry two(answer_of("two"), {}, {});
  const auto tag = [](const Entry& entry) {
    const std::string head = head_of(entry);
    const auto begin = head.find("ETag: W/\"");
    return begin == std::string::npos ? std::string{} : head.substr(begin, head.find('\r', begin) - begin);
  };
  EXPECT_NE(tag(one), "");
  EXPECT_EQ(tag(one), tag(same));
  EXPECT_NE(tag(one), tag(two));
}

TEST(Entry, ShowsLinksOnlyWhereThereAreSome) {
  OriginAnswer answer = answer_of("{}");
  EXPECT_THAT(head_of(Entry(answer, {}, {})), Not(HasSubstr("Link:")));
  answer.headers.emplace_back("Link", "</api/v1/movies?page=2>; rel=\"next\"");
  EXPECT_THAT(head_of(Entry(answer, {}, {})), HasSubstr("Link: </api/v1/movies?page=2>; rel=\"next\"\r\n"));
}

}  // namespace
}  // namespace filmoteka::gateway
