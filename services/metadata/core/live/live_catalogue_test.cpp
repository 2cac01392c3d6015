#include <filmoteka/async/task_group.hpp>

#include <gtest/gtest.h>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/testing/films.hpp>

namespace filmoteka::metadata {
namespace {

using Movies = std::vector<domain::Movie>;

domain::Movie movie(int number) {
  domain::Movie made;
  made.id = number;
  made.revision = number;
  made.facts = testing::film(number);
  return made;
}

/// Gives films in chunks of three; fails after `good_chunks`.
class FakeReader final : public MovieReader {
 public:
  FakeReader(int films, int good_chunks) : films_(films), good_chunks_(good_chunks) {}
  domain::Revision revision() const override { return films_; }
  std::uint64_t films() const override { return static_cast<std::uint64_t>(films_); }
  Task<Result<Movies>> next() override {
    if (good_chunks_-- == 0) co_return corrupt("The database is damaged.");
    Movies chunk;
    while (chunk.size() < 3 && given_ < films_) chunk.push_back(movie(++given_));
    co_return chunk;
  }

 private:
  int films_;
  int good_chunks_;
  int given_ = 0;
};

class FakeStore final : public Store {
 public:
  FakeStore(int films, int good_chunks) : films_(films), good_chunks_(good_chunks) {}
  Task<Result<std::vector<UpsertOutcome>>> upsert(std::span<const domain::MovieFacts>) override {
    co_return internal("not used");
  }
  Task<Result<std::unique_ptr<MovieReader>>> read_all() override {
    co_return std::unique_ptr<MovieReader>(std::make_unique<FakeReader>(films_, good_chunks_));
  }
  Task<Result<std::vector<FeedEntry>>> changes(FeedQuery) override { co_return internal("not used"); }

 private:
  int films_;
  int good_chunks_;
};

struct LiveCatalogueTest : ::testing::Test {
  Runtime runtime{1};
  BlockingPool pool{"test", 1};
  telemetry::Metrics metrics;
  LiveCatalogue catalogue{runtime, pool, telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"),
                          metrics};

  std::size_t films() { return catalogue.snapshot(runtime.executor(0))->films(); }
};

constexpr int kAllGood = 1'000'000;

TEST_F(LiveCatalogueTest, is_loading_until_all_is_read) {
  EXPECT_EQ(catalogue.phase(), Phase::kLoading);
  FakeStore store(10, kAllGood);
  runtime.run(catalogue.load(store));
  EXPECT_EQ(catalogue.phase(), Phase::kReady);
  EXPECT_EQ(films(), 10U);
  EXPECT_EQ(catalogue.revisions().current(), 10);
  EXPECT_EQ(catalogue.describe_phase(), "ok");
}

TEST_F(LiveCatalogueTest, an_empty_store_is_soon_ready) {
  FakeStore store(0, kAllGood);
  runtime.run(catalogue.load(store));
  EXPECT_EQ(catalogue.phase(), Phase::kReady);
  EXPECT_EQ(films(), 0U);
}

TEST_F(LiveCatalogueTest, half_a_catalogue_is_never_shown) {
  FakeStore store(10, 2);
  runtime.run(catalogue.load(store));
  EXPECT_EQ(catalogue.phase(), Phase::kFailed);
  EXPECT_EQ(films(), 0U);
  EXPECT_NE(catalogue.describe_phase(), "ok");
}

TEST_F(LiveCatalogueTest, what_enters_can_be_read_at_once) {
  FakeStore store(10, kAllGood);
  runtime.run(catalogue.load(store));
  const Change changes[] = {{11, 11, movie(11)}, {3, 12, std::nullopt}};
  catalogue.enter(changes);
  EXPECT_EQ(films(), 10U);
  EXPECT_EQ(catalogue.revisions().current(), 12);
}

TEST_F(LiveCatalogueTest, merges_in_the_background) {
  FakeStore store(0, kAllGood);
  auto main = [](LiveCatalogueTest& test, FakeStore& from) -> Task<void> {
    auto loading = test.catalogue.load(from);
    co_await std::move(loading);
    TaskGroup group(test.runtime.executor(0));
    group.spawn(test.catalogue.run());
    std::vector<Change> changes;
    for (int i = 1; i <= 5'000; ++i) changes.push_back({i, i, movie(i)});
    test.catalogue.enter(changes);
    // The merge leaves an empty delta; until then each turn lets the loop and the pool go on.
    while (!test.catalogue.snapshot(test.runtime.executor(0))->delta->empty()) {
      auto turn = sleep_for(std::chrono::milliseconds(1));
      co_await std::move(turn);
    }
    group.cancel();
    auto ended = group.join();
    co_await std::move(ended);
    EXPECT_EQ(test.films(), 5'000U);
  };
  runtime.run(main(*this, store));
}

}  // namespace
}  // namespace filmoteka::metadata
