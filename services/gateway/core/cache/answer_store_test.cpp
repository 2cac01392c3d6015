#include <gateway/core/answer/contents.hpp>
#include <gateway/core/cache/answer_store.hpp>
#include <gateway/core/cache/received.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

class AnswerStoreTest : public ::testing::Test {
 protected:
  void store(const http::Headers& request, const std::string& vary, const std::string& body) {
    Asked asked;
    asked.key = "/a";
    asked.headers = request;
    asked.received_steady = clock.steady_now();
    asked.times.request = asked.times.response = std::chrono::floor<std::chrono::seconds>(clock.now());
    OriginAnswer answer{200, {{"Cache-Control", "max-age=60"}}, body};
    if (!vary.empty()) answer.headers.emplace_back("Vary", vary);
    CacheRules rules;
    rules.make_content = forwarded_content;
    answers.store("/a", request, receive(std::move(answer), asked, rules).storable);
  }
  std::string find(const http::Headers& request) {
    const auto found = answers.find("/a", request, clock.steady_now());
    if (found.entry) return found.entry->answer()->body();
    return found.other_variants ? "other" : found.hit_for_miss ? "pass" : "none";
  }

  FakeClock clock;
  AnswerStore answers{CacheSettings{}};
};

TEST_F(AnswerStoreTest, Rfc9111_4_1_OfSeveralThatFitTheLatestIsTaken) {
  const http::Headers both = {{"A", "1"}, {"B", "1"}};
  store(both, "A", "by A");
  clock.advance(1s);
  store(both, "B", "by B");
  EXPECT_EQ(find(both), "by B");
  EXPECT_EQ(find({{"A", "1"}, {"B", "2"}}), "by A");
  EXPECT_EQ(find({{"A", "2"}, {"B", "1"}}), "by B");
  EXPECT_EQ(find({}), "other");
}

TEST_F(AnswerStoreTest, AnAnswerForAllTakesThePlaceOfItsVariantsAndTheyDoNotComeBack) {
  store({{"A", "1"}}, "A", "old");
  store({}, "", "for all");
  EXPECT_EQ(find({{"A", "1"}}), "for all");
  store({{"A", "2"}}, "A", "new");
  EXPECT_EQ(find({{"A", "1"}}), "other");
}

TEST_F(AnswerStoreTest, RemembersForAWhileThatAnswersCouldNotBeStored) {
  EXPECT_EQ(find({}), "none");
  answers.mark_uncacheable("/a", clock.steady_now() + 10s);
  EXPECT_EQ(find({}), "pass");
  clock.advance(10s);
  EXPECT_EQ(find({}), "none");
}

TEST_F(AnswerStoreTest, CountsWhatItHolds) {
  store({}, "", std::string(1'000, 'x'));
  EXPECT_EQ(answers.size(), 1U);
  EXPECT_GT(answers.bytes(), 1'000U);
}

}  // namespace
}  // namespace filmoteka::gateway
