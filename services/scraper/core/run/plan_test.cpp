#include <gtest/gtest.h>
#include <scraper/core/run/plan.hpp>

namespace filmoteka::scraper {
namespace {

using namespace std::chrono_literals;

const Timestamp kNow{std::chrono::milliseconds{1'800'000'000'000}};

Schedule hourly() {
  Schedule schedule;
  schedule.every = 1h;
  return schedule;
}
const std::optional<Schedule> kHourly = hourly();

RunEnd ended(EndReason reason, std::chrono::milliseconds retry_after = 0ms) {
  RunEnd end;
  end.reason = reason;
  end.retry_after = retry_after;
  end.ended_at = kNow;
  return end;
}

SourceState after(EndReason reason, SourceState state = {}, std::chrono::milliseconds retry_after = 0ms) {
  return after_run(std::move(state), kHourly, {}, ended(reason, retry_after), 0.5);
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
  EXPECT_EQ(after_run({}, kHourly, {}, ended(EndReason::kComplete), 0.0).next_run_at, kNow + 54min);
  EXPECT_LT(*after_run({}, kHourly, {}, ended(EndReason::kComplete), 0.999).next_run_at, kNow + 66min);
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
  EXPECT_EQ(after(EndReason::kDrifted).health, Health::kDegraded) << "once may be an accident";
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
  EXPECT_EQ(after_run({}, std::nullopt, {}, ended(EndReason::kComplete), 0.5).next_run_at, std::nullopt);
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

SourceState after_bad_run(SourceState state) {
  auto end = ended(EndReason::kComplete);
  end.looks_bad = true;
  end.full = true;
  return after_run(std::move(state), kHourly, {}, end, 0.5);
}

TEST(Plan, CallsASourceDriftedAfterThreeBadRunsAndOkAfterAGoodOne) {
  auto state = after_bad_run({});
  EXPECT_EQ(state.health, Health::kDegraded);
  state = after(EndReason::kDrifted, state);
  EXPECT_EQ(state.health, Health::kDegraded);
  state = after_bad_run(state);
  EXPECT_EQ(state.health, Health::kDrifted);
  EXPECT_EQ(state.last_full_at, std::nullopt) << "what looks bad is no full run";
  state = after(EndReason::kUnreachable, state);
  EXPECT_EQ(state.health, Health::kDrifted);
  state = after(EndReason::kComplete, state);
  EXPECT_EQ(state.health, Health::kOk);
  EXPECT_EQ(state.bad_runs, 0);
}

TEST(Plan, RemembersTheLastFullRun) {
  auto end = ended(EndReason::kComplete);
  EXPECT_EQ(after_run({}, kHourly, {}, end, 0.5).last_full_at, std::nullopt);
  end.full = true;
  EXPECT_EQ(after_run({}, kHourly, {}, end, 0.5).last_full_at, kNow);
}

TEST(Plan, AdaptsTheIntervalToTheNews) {
  auto schedule = hourly();
  schedule.adaptive = Adaptive{10min, 24h};
  auto end = ended(EndReason::kComplete);
  end.films = 100;
  auto state = after_run({}, schedule, {}, end, 0.5);
  EXPECT_EQ(state.every, 90min);
  EXPECT_EQ(state.next_run_at, kNow + 90min);
  end.news = 80;
  state = after_run(state, schedule, {}, end, 0.5);
  EXPECT_EQ(state.every, 45min);
  state = after_run(state, schedule, {}, ended(EndReason::kUnreachable), 0.5);
  EXPECT_EQ(state.every, 45min) << "a failure says nothing of the news";
}

TEST(Plan, RespectsQuietHours) {
  auto schedule = hourly();
  schedule.quiet = QuietHours{0h, 23h + 59min};
  const auto next = *after_run({}, schedule, {}, ended(EndReason::kUnreachable), 0.5).next_run_at;
  EXPECT_EQ(std::chrono::floor<std::chrono::minutes>(next.time_since_epoch()) % std::chrono::days(1),
            23h + 59min);
}

}  // namespace
}  // namespace filmoteka::scraper
