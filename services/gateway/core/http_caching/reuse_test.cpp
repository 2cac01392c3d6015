#include <gateway/core/http_caching/reuse.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using std::chrono::seconds;

/// An answer that is fresh for 60 s, at an age.
struct Case {
  seconds age{0};
  std::string stored = "max-age=60";
  std::string request{};
  bool purged = false;
};

ResponseDirectives stored_of(const std::string& text) {
  return response_directives(http::Headers{{"Cache-Control", text}});
}
RequestDirectives request_of(const std::string& text) {
  return text.empty() ? RequestDirectives{} : request_directives(http::Headers{{"Cache-Control", text}});
}
Reuse judge(const Case& c) {
  return judge_reuse({c.age, seconds{60}, c.purged}, stored_of(c.stored), request_of(c.request));
}

TEST(Rfc9111_4_Reuse, IsForFreshAnswers) {
  EXPECT_EQ(judge({.age = seconds{59}}), Reuse::kFresh);
  EXPECT_EQ(judge({.age = seconds{60}}), Reuse::kValidateStale);
}

TEST(Rfc9111_5_2_2_4_NoCache, AlwaysValidates) {
  EXPECT_EQ(judge({.stored = "no-cache, max-age=60"}), Reuse::kValidateStale);
}

TEST(Rfc9111_4_4_InvalidAnswers, AreValidatedFirst) {
  EXPECT_EQ(judge({.stored = "max-age=60, stale-while-revalidate=60", .purged = true}),
            Reuse::kValidateStale);
  EXPECT_EQ(judge({.request = "max-stale", .purged = true}), Reuse::kValidateStale);
}

TEST(Rfc9111_5_2_1_1_MaxAge, WantsAnAnswerNoOlder) {
  EXPECT_EQ(judge({.age = seconds{10}, .request = "max-age=10"}), Reuse::kFresh);
  EXPECT_EQ(judge({.age = seconds{11}, .request = "max-age=10"}), Reuse::kValidateRequested);
  EXPECT_EQ(judge({.age = seconds{0}, .request = "max-age=0"}), Reuse::kValidateRequested);
}

TEST(Rfc9111_5_2_1_2_MaxStale, IsContentWithAnExpiredAnswer) {
  EXPECT_EQ(judge({.age = seconds{70}, .request = "max-stale=10"}), Reuse::kStaleAllowed);
  EXPECT_EQ(judge({.age = seconds{71}, .request = "max-stale=10"}), Reuse::kValidateStale);
  EXPECT_EQ(judge({.age = seconds{9000}, .request = "max-stale"}), Reuse::kStaleAllowed);
}

TEST(Rfc9111_5_2_1_3_MinFresh, WantsAnAnswerThatStaysFresh) {
  EXPECT_EQ(judge({.age = seconds{50}, .request = "min-fresh=10"}), Reuse::kFresh);
  EXPECT_EQ(judge({.age = seconds{51}, .request = "min-fresh=10"}), Reuse::kValidateRequested);
}

TEST(Rfc9111_5_2_1_4_NoCacheOfTheRequest, WantsAValidation) {
  EXPECT_EQ(judge({.request = "no-cache"}), Reuse::kValidateRequested);
  EXPECT_EQ(judge({.age = seconds{70}, .request = "no-cache, max-stale"}), Reuse::kValidateStale);
}

TEST(Rfc9111_4_2_4_StaleAnswers, AreForbiddenByMustRevalidateProxyRevalidateAndSMaxage) {
  for (const char* stored : {"must-revalidate", "proxy-revalidate", "s-maxage=60"}) {
    EXPECT_EQ(judge({.age = seconds{61}, .stored = stored, .request = "max-stale"}), Reuse::kValidateStale)
        << stored;
  }
  EXPECT_EQ(judge({.age = seconds{61}, .stored = "max-age=60, must-revalidate, stale-while-revalidate=9"}),
            Reuse::kValidateStale);
}

TEST(Rfc5861_3_StaleWhileRevalidate, ServesForThatLong) {
  const std::string stored = "max-age=60, stale-while-revalidate=10";
  EXPECT_EQ(judge({.age = seconds{60}, .stored = stored}), Reuse::kWhileRevalidating);
  EXPECT_EQ(judge({.age = seconds{69}, .stored = stored}), Reuse::kWhileRevalidating);
  EXPECT_EQ(judge({.age = seconds{70}, .stored = stored}), Reuse::kValidateStale);
  EXPECT_EQ(judge({.age = seconds{61}, .stored = "s-maxage=60, stale-while-revalidate=10"}),
            Reuse::kWhileRevalidating);
}

bool stands_in(Failure failure, seconds age, const std::string& stored, const std::string& request = {}) {
  return may_stand_in(failure, {age, seconds{60}}, stored_of(stored), request_of(request), seconds{100});
}

TEST(Rfc5861_4_StaleIfError, ServesForThatLong) {
  const std::string stored = "max-age=60, stale-if-error=10";
  for (const Failure failure : {Failure::kServerError, Failure::kNoAnswer}) {
    EXPECT_TRUE(stands_in(failure, seconds{69}, stored));
    EXPECT_FALSE(stands_in(failure, seconds{70}, stored));
    EXPECT_FALSE(stands_in(failure, seconds{61}, "max-age=60, stale-if-error=10, must-revalidate"));
    EXPECT_TRUE(stands_in(failure, seconds{64}, "max-age=60", "stale-if-error=5"));
  }
}

TEST(Rfc9111_4_2_4_Disconnected, MayServeStaleThoughNobodySaidSo) {
  EXPECT_TRUE(stands_in(Failure::kNoAnswer, seconds{159}, "max-age=60"));
  EXPECT_FALSE(stands_in(Failure::kNoAnswer, seconds{160}, "max-age=60"));
  EXPECT_FALSE(stands_in(Failure::kServerError, seconds{61}, "max-age=60"));
  EXPECT_FALSE(stands_in(Failure::kNoAnswer, seconds{61}, "s-maxage=60"));
  EXPECT_FALSE(stands_in(Failure::kNoAnswer, seconds{61}, "no-cache"));
}

}  // namespace
}  // namespace filmoteka::gateway
