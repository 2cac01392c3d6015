#include <gtest/gtest.h>
#include <scraper/core/run/health.hpp>

namespace filmoteka::scraper {
namespace {

Run run_of(std::uint64_t films, std::uint64_t with_year, bool full = true) {
  Run run;
  run.end = EndReason::kComplete;
  run.observations.films = films;
  run.observations.distinct_titles = films;
  run.observations.full = full;
  run.observations.filled = {{"title", films}, {"year", with_year}};
  return run;
}

std::vector<Run> usual(std::size_t runs = 5) {
  return std::vector<Run>(runs, run_of(100, 90));
}

TEST(Health, HasNothingAgainstARunThatLooksAsUsual) {
  EXPECT_TRUE(complaints_of(run_of(100, 90), usual(), {}).empty());
  EXPECT_TRUE(complaints_of(run_of(80, 60), usual(), {}).empty());
  EXPECT_TRUE(complaints_of(run_of(500, 450), usual(), {}).empty());
}

TEST(Health, MissesItems) {
  const auto complaints = complaints_of(run_of(30, 27), usual(), {});
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_EQ(complaints[0], "only 30 films; usually there are 100");
  EXPECT_EQ(complaints_of(run_of(0, 0), usual(), {}).size(), 1u);
  EXPECT_TRUE(complaints_of(run_of(30, 27, false), usual(), {}).empty()) << "an incremental run is short";
}

TEST(Health, MissesAFieldThatFilmsUsuallyHave) {
  const auto complaints = complaints_of(run_of(100, 2), usual(), {});
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_EQ(complaints[0], "year: 2 % of the films have it; usually 90 %");
  auto without = run_of(100, 0);
  without.observations.filled.erase("year");
  EXPECT_EQ(complaints_of(without, usual(), {}).size(), 1u);
}

TEST(Health, NoticesTitlesThatAreAllTheSame) {
  auto run = run_of(100, 90);
  run.observations.distinct_titles = 1;
  EXPECT_EQ(complaints_of(run, usual(), {}).size(), 1u);
}

TEST(Health, SaysNothingWhereThereIsNoExperience) {
  EXPECT_TRUE(complaints_of(run_of(100, 0), usual(2), {}).empty());
  EXPECT_TRUE(complaints_of(run_of(10, 0, false), usual(), {}).empty()) << "too few films for shares";
}

TEST(Health, HoldsARunAgainstItsDefinition) {
  Expected expected;
  expected.min_items = 50;
  expected.fill = {{"year", 0.5}, {"rating", 0.1}};
  const auto complaints = complaints_of(run_of(40, 10), {}, expected);
  ASSERT_EQ(complaints.size(), 3u);
  EXPECT_NE(complaints[0].find("expects 50"), std::string::npos);
  EXPECT_NE(complaints[1].find("rating: 0 %"), std::string::npos);
  EXPECT_NE(complaints[2].find("year: 25 %"), std::string::npos);
}

TEST(Health, LooksAtTheLastRunsOnly) {
  auto history = usual(kHealthHistory);
  history.insert(history.end(), 50, run_of(1'000, 900));
  EXPECT_TRUE(complaints_of(run_of(100, 90), history, {}).empty());
}

}  // namespace
}  // namespace filmoteka::scraper
