#include <filmoteka/async/task_group.hpp>

#include <gtest/gtest.h>
#include <metadata/core/live/catalogue_keeper.hpp>
#include <metadata/core/live/follower.hpp>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/live/view_counter.hpp>
#include <metadata/testing/films.hpp>

#include <stdexcept>

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
class FakeReader final : public FilmReader {
 public:
  FakeReader(int films, int good_chunks) : films_(films), good_chunks_(good_chunks) {}
  domain::Revision revision() const override { return films_; }
  std::int64_t views_version() const override { return 1; }
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

/// A store that can be read, and followed: `feed` is what others write into it.
class FakeStore final : public MovieStore {
 public:
  FakeStore(int all, int good_chunks) : films(all), good_chunks_(good_chunks) {}
  Task<Result<Commit>> write(const Write&) override { co_return internal("not used"); }
  Task<Result<ViewNews>> add_views(std::span<const FilmViews>) override {
    throw std::logic_error("a defect");
    co_return ViewNews();
  }
  Task<Result<std::optional<domain::Movie>>> film(domain::MovieId) override {
    co_return internal("not used");
  }
  Task<Result<std::unique_ptr<FilmReader>>> read_all() override {
    if (no_load_for-- > 0) co_return unavailable("The database does not answer.");
    co_return std::unique_ptr<FilmReader>(std::make_unique<FakeReader>(films, good_chunks_));
  }
  Task<Result<std::vector<FeedEntry>>> changes(FeedQuery) override { co_return internal("not used"); }
  Task<Result<News>> news(domain::Revision after, std::size_t limit) override {
    is_down_ = down_for-- > 0;
    if (is_down_) co_return unavailable("The database does not answer.");
    News found{{}, gone_back_to.value_or(after), {}};
    for (const Change& change : feed) {
      if (change.revision <= after || found.changes.size() == limit) continue;
      found.changes.push_back(change);
      found.revision = change.revision;
    }
    co_return found;
  }
  Task<Result<ViewNews>> view_news(std::int64_t) override { co_return views; }
  Task<void> wait_for_news(Deadline deadline) override {
    return sleep_for(is_down_ ? deadline.remaining() : std::chrono::milliseconds(1));
  }
  Task<Result<std::vector<Review>>> reviews(ReviewQuery) override { co_return internal("not used"); }
  const std::string& secret() const override { return secret_; }

  std::vector<Change> feed;
  ViewNews views{{}, 1};
  int down_for = 0;     ///< calls
  int no_load_for = 0;  ///< calls
  std::optional<domain::Revision> gone_back_to;
  int films;

 private:
  bool is_down_ = false;
  int good_chunks_;
  std::string secret_ = std::string(32, 's');
};

struct LiveCatalogueTest : ::testing::Test {
  Runtime runtime{1};
  BlockingPool pool{"test", 1};
  BlockingPool merging{"test-merge", 1};
  telemetry::Metrics metrics;
  LiveCatalogue catalogue{runtime, pool, merging,
                          telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"), metrics};

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

TEST(LoadProgress, says_what_is_done_and_how_far) {
  LoadProgress progress;
  progress.films = 20;
  progress.loaded = 5;
  EXPECT_EQ(describe(progress), "loading: 5 of 20 films");
  progress.loaded = 20;
  progress.indexing = true;
  EXPECT_EQ(describe(progress), "indexing 20 films");
  progress.parts = 7;
  progress.indexed = 2;
  EXPECT_EQ(describe(progress), "indexing 20 films: 2 of 7 parts");
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
  auto main = [](LiveCatalogueTest& test, FakeStore& from) -> Task<void> {
    auto loading = test.catalogue.load(from);
    co_await std::move(loading);
    std::vector<Change> changes{{11, 11, movie(11)}, {3, 12, std::nullopt}};
    auto entering = test.catalogue.enter(10, 12, std::move(changes));
    co_await std::move(entering);
  };
  runtime.run(main(*this, store));
  EXPECT_EQ(films(), 10U);
  EXPECT_EQ(catalogue.revisions().current(), 12);
}

TEST_F(LiveCatalogueTest, a_commit_is_shown_only_behind_the_one_before_it) {
  FakeStore store(10, kAllGood);
  auto main = [](LiveCatalogueTest& test, FakeStore& from) -> Task<void> {
    auto loading = test.catalogue.load(from);
    co_await std::move(loading);
    Commit second{{}, 11, 12, {{12, 12, movie(12)}}};
    auto early = test.catalogue.enter(second, Deadline::after(std::chrono::milliseconds(0)));
    EXPECT_EQ((co_await std::move(early)).error().code, ErrorCode::kDeadlineExceeded);
    EXPECT_EQ(test.films(), 10U);
    Commit first{{}, 10, 11, {{11, 11, movie(11)}}};
    auto late = test.catalogue.enter(first, Deadline::never());
    EXPECT_TRUE((co_await std::move(late)).has_value());
    EXPECT_EQ(test.films(), 12U);
    EXPECT_EQ(test.catalogue.taken(), 12);
  };
  runtime.run(main(*this, store));
}

TEST_F(LiveCatalogueTest, follows_what_others_write_and_says_when_it_cannot) {
  FakeStore store(3, kAllGood);
  auto main = [](LiveCatalogueTest& test, FakeStore& from) -> Task<void> {
    auto loading = test.catalogue.load(from);
    co_await std::move(loading);
    Follower follower(test.catalogue, from, telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"),
                      test.metrics);
    from.down_for = 1;
    for (int i = 4; i <= 2'500; ++i) from.feed.push_back({i, i, movie(i)});
    from.feed.push_back({2, 2'501, std::nullopt});
    from.views = {{{3, 40}}, 7};
    TaskGroup group(test.runtime.executor(0));
    group.spawn(follower.run());
    while (follower.connected()) {
      auto turn = sleep_for(std::chrono::milliseconds(1));
      co_await std::move(turn);
    }
    EXPECT_NE(follower.describe().find("degraded"), std::string::npos);
    EXPECT_EQ(test.films(), 3U);
    auto waiting = test.catalogue.revisions().wait_above(2'500, Deadline::after(std::chrono::seconds(30)));
    co_await std::move(waiting);
    while (test.catalogue.views_version() != 7 || !follower.connected()) {
      auto turn = sleep_for(std::chrono::milliseconds(1));
      co_await std::move(turn);
    }
    EXPECT_EQ(follower.describe(), "ok");
    EXPECT_EQ(test.films(), 2'499U);
    group.cancel();
    auto ended = group.join();
    co_await std::move(ended);
  };
  runtime.run(main(*this, store));
}

telemetry::Logger no_log() {
  return telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test");
}

template <class Condition>
Task<void> until(Condition condition) {
  while (!condition()) {
    auto turn = sleep_for(std::chrono::milliseconds(1));
    co_await std::move(turn);
  }
}

TEST_F(LiveCatalogueTest, a_load_that_fails_is_tried_again) {
  FakeStore store(10, kAllGood);
  store.no_load_for = 3;
  auto main = [](LiveCatalogueTest& test, FakeStore& from) -> Task<void> {
    Follower follower(test.catalogue, from, no_log(), test.metrics);
    CatalogueKeeper keeper(test.catalogue, from, follower,
                           {std::chrono::milliseconds(20), std::chrono::milliseconds(20)});
    TaskGroup group(test.runtime.executor(0));
    group.spawn(keeper.run());
    auto failed = until([&test] { return test.catalogue.phase() == Phase::kFailed; });
    co_await std::move(failed);
    auto ready = until([&test] { return test.catalogue.phase() == Phase::kReady; });
    co_await std::move(ready);
    EXPECT_EQ(test.films(), 10U);
    group.cancel();
    auto ended = group.join();
    co_await std::move(ended);
  };
  runtime.run(main(*this, store));
}

TEST_F(LiveCatalogueTest, a_store_that_goes_back_is_loaded_anew_and_reads_go_on_meanwhile) {
  FakeStore store(10, kAllGood);
  auto main = [](LiveCatalogueTest& test, FakeStore& from) -> Task<void> {
    Follower follower(test.catalogue, from, no_log(), test.metrics);
    CatalogueKeeper keeper(test.catalogue, from, follower,
                           {std::chrono::milliseconds(20), std::chrono::milliseconds(20)});
    TaskGroup group(test.runtime.executor(0));
    group.spawn(keeper.run());
    auto ready = until([&test] { return test.catalogue.phase() == Phase::kReady; });
    co_await std::move(ready);
    from.films = 7;
    from.no_load_for = 3;
    from.gone_back_to = 7;
    auto renewing = until([&test] { return test.catalogue.is_renewing(); });
    co_await std::move(renewing);
    EXPECT_EQ(test.catalogue.phase(), Phase::kReady) << "reads go on";
    EXPECT_NE(test.catalogue.describe_phase(), "ok");
    from.gone_back_to.reset();
    auto renewed = until([&test] { return !test.catalogue.is_renewing(); });
    co_await std::move(renewed);
    EXPECT_EQ(test.films(), 7U);
    EXPECT_EQ(test.catalogue.taken(), 7);
    EXPECT_NE(test.metrics.render().find("filmoteka_metadata_store_went_back_total 1"), std::string::npos);
    from.feed.push_back({8, 8, movie(8)});
    auto followed = until([&test] { return test.catalogue.taken() == 8; });
    co_await std::move(followed);
    group.cancel();
    auto ended = group.join();
    co_await std::move(ended);
  };
  runtime.run(main(*this, store));
}

TEST_F(LiveCatalogueTest, views_whose_commit_throws_are_refused_at_once) {
  FakeStore store(1, kAllGood);
  auto main = [](LiveCatalogueTest& test, FakeStore& from) -> Task<void> {
    ViewCounter views(test.runtime, test.catalogue, from, test.metrics);
    int failures = 0;
    TaskGroup group(test.runtime.executor(0), [&failures](const std::exception_ptr&) { ++failures; });
    group.spawn(views.run());
    auto counting = views.count(1, Deadline::after(std::chrono::hours(1)));
    EXPECT_EQ((co_await std::move(counting)).error().code, ErrorCode::kUnavailable);
    auto ended = group.join();
    co_await std::move(ended);
    EXPECT_EQ(failures, 1) << "whoever runs it is told";
  };
  runtime.run(main(*this, store));
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
    auto entering = test.catalogue.enter(0, 5'000, std::move(changes));
    co_await std::move(entering);
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
