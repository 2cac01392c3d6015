#include <gateway/core/answer/contents.hpp>
#include <gateway/core/cache/entry_codec.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

CacheRules rules() {
  CacheRules rules;
  rules.make_content = api_content;
  rules.stamps_are_revisions = true;
  return rules;
}

std::shared_ptr<Entry> sample(const FakeClock& clock) {
  Asked asked;
  asked.key = "/a";
  asked.received_steady = clock.steady_now();
  const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
  asked.times = {now, now};
  OriginAnswer answer{200,
                      {{"Content-Type", "application/json"},
                       {"ETag", "W/\"r7\""},
                       {"Age", "3"},
                       {"Cache-Control", "max-age=60, stale-if-error=9"},
                       {"Cache-Groups", "\"film-7\""},
                       {"X-Catalogue-Revision", "12"}},
                      std::string("{\"a\":\0}", 7)};
  return receive(std::move(answer), asked, rules()).storable;
}

TEST(EntryCodec, GivesBackWhatWentIn) {
  FakeClock clock;
  const auto entry = sample(clock);
  clock.advance(10s);
  const std::string bytes = encode_answer(*entry->answer(), clock.steady_now());
  clock.advance(5s);
  const auto decoded = decode_answer(bytes, std::chrono::floor<std::chrono::seconds>(clock.now()),
                                     clock.steady_now(), rules());
  ASSERT_NE(decoded, nullptr);
  const StoredAnswer& was = *entry->answer();
  const StoredAnswer& is = *decoded->answer();
  EXPECT_EQ(is.age(clock.steady_now()), 18s);
  EXPECT_EQ(is.lifetime.span, 60s);
  EXPECT_EQ(is.directives.stale_if_error, 9s);
  EXPECT_EQ(is.fields, was.fields);
  EXPECT_EQ(is.body(), was.body());
  EXPECT_EQ(is.groups, was.groups);
  EXPECT_EQ(is.stamp, 12U);
  EXPECT_EQ(is.content.whole->head, was.content.whole->head);
}

TEST(EntryCodec, RefusesWhatIsNotWholeOrOfAnotherVersion) {
  const FakeClock clock;
  const std::string bytes = encode_answer(*sample(clock)->answer(), clock.steady_now());
  const auto decoded = [&](std::string_view text) {
    return decode_answer(text, {}, clock.steady_now(), rules());
  };
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_EQ(decoded(bytes.substr(0, size)), nullptr) << size;
  EXPECT_EQ(decoded(bytes + "x"), nullptr);
  EXPECT_EQ(decoded("\x02" + bytes.substr(1)), nullptr);
  std::string huge = bytes;
  for (std::size_t i = 1; i < 60; ++i) huge[i] = '\xff';
  EXPECT_EQ(decoded(huge), nullptr);
}

}  // namespace
}  // namespace filmoteka::gateway
