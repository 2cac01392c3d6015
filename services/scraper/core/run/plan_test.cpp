#include <gtest/gtest.h>
#include <scraper/core/run/plan.hpp>
#include <scraper/core/run/rutube_position.hpp>

namespace filmoteka::scraper {
namespace {

using namespace std::chrono_literals;

const Timestamp kNow{std::chrono::milliseconds{1'800'000'000'000}};
const std::optional<Schedule> kHourly = Schedule{1h, 0.1};

SourceState after(EndReason reason, SourceState state = {}, std::chrono::milliseconds retry_after = 0ms) {
  return after_run(std::move(state), kHourly, {}, {reason, retry_after, kNow}, 0.5);
}

TEST(Plan, RunsAgainAfterTheInterval) {
  SourceState troubled;
  troubled.failures = 3;
  troubled.health = Health::kDegraded;
  troubled.message = "It failed.";
  const auto state = after(EndReason::kComplete, troubled);
  EXPECT_EQ(state.next_run_at, kNow + 1h);
  EXPECT_EQ(state.last_success_at, kNow);
  EXPECT_EQ(state.failures, 0);
  EXPECT_EQ(state.health, Health::kOk);
  EXPECT_EQ(state.message, "");
}

TEST(Plan, SpreadsRunsByTheJitter) {
  EXPECT_EQ(after_run({}, kHourly, {}, {EndReason::kComplete, 0ms, kNow}, 0.0).next_run_at, kNow + 54min);
  EXPECT_LT(*after_run({}, kHourly, {}, {EndReason::kComplete, 0ms, kNow}, 0.999).next_run_at, kNow + 66min);
}

TEST(Plan, TriesAFailedSourceSoonerThanPlannedAndThenLessAndLess) {
  auto state = after(EndReason::kUnreachable);
  EXPECT_EQ(state.health, Health::kDegraded);
  EXPECT_GE(*state.next_run_at, kNow + 1min);
  EXPECT_LT(*state.next_run_at, kNow + 2min);
  state = after(EndReason::kUnreachable, state);
  EXPECT_GE(*state.next_run_at, kNow + 2min);
  for (int i = 0; i < 50; ++i) state = after(EndReason::kUnreachable, state);
  EXPECT_EQ(state.failures, 52);
  EXPECT_EQ(*state.next_run_at, kNow + 1h);
}

TEST(Plan, DoesNotComeBackBeforeTheHostAllows) {
  const auto state = after(EndReason::kRateLimited, {}, 5h);
  EXPECT_EQ(*state.next_run_at, kNow + 5h);
}

TEST(Plan, SaysWhatIsWrongWithASource) {
  EXPECT_EQ(after(EndReason::kBlocked).health, Health::kBlocked);
  EXPECT_EQ(after(EndReason::kForbidden).health, Health::kBlocked);
  EXPECT_EQ(after(EndReason::kDrifted).health, Health::kDrifted);
  EXPECT_EQ(after(EndReason::kFaulty).health, Health::kDegraded);
  EXPECT_EQ(after(EndReason::kLimit).health, Health::kOk);
}

TEST(Plan, DoesNotBlameASourceForOurStop) {
  SourceState good;
  good.last_success_at = kNow - 1h;
  const auto state = after(EndReason::kCancelled, good);
  EXPECT_EQ(state.health, Health::kOk);
  EXPECT_EQ(state.failures, 0);
  EXPECT_EQ(state.last_success_at, kNow - 1h);
  EXPECT_EQ(state.next_run_at, kNow);
}

TEST(Plan, LeavesUnscheduledSourcesAlone) {
  EXPECT_EQ(after_run({}, std::nullopt, {}, {EndReason::kComplete, 0ms, kNow}, 0.5).next_run_at,
            std::nullopt);
  EXPECT_EQ(first_run_at({}, std::nullopt, {}, kNow), std::nullopt);
}

TEST(Plan, RunsWhatWasMissedOnceAndKeepsWhatIsPlanned) {
  const PlanSettings settings;
  SourceState state;
  EXPECT_EQ(first_run_at(state, kHourly, settings, kNow), kNow + settings.first_run_delay);
  state.next_run_at = kNow - 48h;
  EXPECT_EQ(first_run_at(state, kHourly, settings, kNow), kNow + settings.first_run_delay);
  state.next_run_at = kNow + 10min;
  EXPECT_EQ(first_run_at(state, kHourly, settings, kNow), kNow + 10min);
  state.paused = true;
  EXPECT_EQ(first_run_at(state, kHourly, settings, kNow), std::nullopt);
}

TEST(RutubePosition, GoesOnWhereItWas) {
  const std::vector<std::string> lists = {"http://r/api/video/category/4/", "http://r/api/video/person/1/"};
  const RutubePosition position{1, "http://r/api/video/person/1/?page=7"};
  const auto back = position_from(to_text(position), lists);
  EXPECT_EQ(back.list, 1u);
  EXPECT_EQ(back.url, position.url);
}

TEST(RutubePosition, BeginsAnewWhereItNoLongerFits) {
  const std::vector<std::string> lists = {"http://r/a"};
  for (const auto* text : {"", "x", "1 http://r/a?page=2", "0 http://elsewhere/a", "0 file:///etc/passwd",
                           "0 ", "-1 http://r/a"}) {
    const auto position = position_from(text, lists);
    EXPECT_EQ(position.list, 0u) << text;
    EXPECT_EQ(position.url, "http://r/a") << text;
  }
}

}  // namespace
}  // namespace filmoteka::scraper
