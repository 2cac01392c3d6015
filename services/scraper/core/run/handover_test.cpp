#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/fake_metadata.hpp>
#include <filmoteka/testing/run.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <scraper/adapters/store/sqlite_store.hpp>
#include <scraper/core/run/handover.hpp>

namespace filmoteka::scraper {
namespace {

using namespace std::chrono_literals;

class HandingOver : public ::testing::Test {
 public:
  HandingOver()
      : store_(*SqliteStore::open(folder_ / "scraper.db", {}, SystemClock::instance())),
        log_(telemetry::make_stderr_sink(), telemetry::LogLevel::kOff, "test") {
    settings_.first_backoff = 1ms;
    settings_.max_backoff = 2ms;
    settings_.batch_rows = 40;
  }

  /// A run of the source "test" that has stored `count` films.
  static Task<RunId> stored(Store& store, int count) {
    const std::string source = "test";
    const auto claimed = co_await store.claim(source, 1min);
    const auto lease = claimed->lease;
    const auto id = co_await store.begin_run(lease, Trigger::kManual, 1, Timestamp{});
    auto page = films(*id, 0, count);
    page.lease = lease;
    co_await store.commit(std::move(page));
    co_return *id;
  }

  static Page films(RunId id, int first, int count) {
    Page page;
    page.run = id;
    for (int i = first; i < first + count; ++i) {
      domain::MovieFacts film;
      film.title = "Фильм";
      film.source = "test";
      film.source_id = std::to_string(i);
      page.films.push_back(film);
    }
    return page;
  }

  /// Hands over until the outbox is empty.
  Task<void> until_empty(int count) {
    const Executor executor = co_await asio::this_coro::executor;
    Handover handover(executor, *store_, metadata_, SystemClock::instance(), log_, settings_, 1);
    run_ = co_await stored(*store_, count);
    TaskGroup group(executor);
    group.spawn(handover.run());
    while (store_->depth() > 0) co_await sleep_for(1ms);
    reachable_at_end_ = handover.is_reachable();
    group.cancel();
    co_await group.join();
  }

  testing::TemporaryFolder folder_;
  testing::Runner runner_;
  std::unique_ptr<SqliteStore> store_;
  telemetry::Logger log_;
  testing::FakeMetadata metadata_;
  HandoverSettings settings_;
  RunId run_ = 0;
  bool reachable_at_end_ = false;
};

TEST_F(HandingOver, EmptiesTheOutboxInBatches) {
  runner_.run([&] { return until_empty(100); });
  EXPECT_EQ(metadata_.films().size(), 100u);
  EXPECT_EQ(metadata_.calls(), 3);
  const auto known = *runner_.run([&] { return store_->run(run_); });
  EXPECT_EQ(known->delivered.created, 100u);
}

TEST_F(HandingOver, OutlivesAMetadataThatIsAway) {
  int failures = 5;
  metadata_.fault = [&failures]() -> std::optional<Error> {
    if (failures-- > 0) return unavailable("away");
    return std::nullopt;
  };
  runner_.run([&] { return until_empty(100); });
  EXPECT_EQ(metadata_.films().size(), 100u);
  EXPECT_TRUE(reachable_at_end_);
}

TEST_F(HandingOver, PutsAsideTheOneFilmThatSpoilsItsBatch) {
  // A request that metadata takes for malformed as a whole as long as film 17 is in it.
  class Picky final : public api::MetadataClient {
   public:
    explicit Picky(testing::FakeMetadata& inner) : inner_(inner) {}
    Task<Result<std::vector<api::RowResult>>> upsert(std::span<const domain::MovieFacts> rows,
                                                     Deadline deadline) override {
      for (const auto& row : rows)
        if (row.source_id == "17") co_return invalid_argument("no");
      co_return co_await inner_.upsert(rows, deadline);
    }

   private:
    testing::FakeMetadata& inner_;
  };
  Picky picky(metadata_);
  auto hand_over = [](HandingOver& test, api::MetadataClient& client) -> Task<void> {
    const Executor executor = co_await asio::this_coro::executor;
    Handover handover(executor, *test.store_, client, SystemClock::instance(), test.log_, test.settings_, 1);
    co_await stored(*test.store_, 40);
    TaskGroup group(executor);
    group.spawn(handover.run());
    while (test.store_->depth() > 0) co_await sleep_for(1ms);
    group.cancel();
    co_await group.join();
  };
  runner_.run([&] { return hand_over(*this, picky); });
  EXPECT_EQ(metadata_.films().size(), 39u);
  const auto rejects = *runner_.run([&] { return store_->rejects({}); });
  ASSERT_EQ(rejects.size(), 1u);
  EXPECT_EQ(rejects[0].reject.source_id, "17");
}

TEST_F(HandingOver, MakesRunsWaitWhileTheOutboxIsFull) {
  settings_.outbox_max_rows = 50;
  auto wait = [](HandingOver& test) -> Task<bool> {
    const Executor executor = co_await asio::this_coro::executor;
    Handover handover(executor, *test.store_, test.metadata_, SystemClock::instance(), test.log_,
                      test.settings_, 1);
    co_await stored(*test.store_, 60);
    std::atomic<bool> stop = false;
    bool had_room = false;
    auto waiter = [](Handover& target, std::atomic<bool>& flag, bool& done) -> Task<void> {
      co_await target.wait_for_room(flag);
      done = true;
    };
    TaskGroup waiting(executor);
    waiting.spawn(waiter(handover, stop, had_room));
    co_await sleep_for(20ms);
    const bool waited = !had_room;
    TaskGroup group(executor);
    group.spawn(handover.run());
    co_await waiting.join();
    group.cancel();
    co_await group.join();
    co_return waited&& had_room;
  };
  EXPECT_TRUE(runner_.run([&] { return wait(*this); }));
}

TEST_F(HandingOver, LeavesItToTheOneWhoHoldsTheLease) {
  auto story = [](HandingOver& test) -> Task<bool> {
    const Executor executor = co_await asio::this_coro::executor;
    test.settings_.look = 1ms;
    co_await stored(*test.store_, 40);
    const std::string name(kHandoverLease);
    const auto other = co_await test.store_->claim(name, 1min);
    Handover handover(executor, *test.store_, test.metadata_, SystemClock::instance(), test.log_,
                      test.settings_, 1);
    TaskGroup group(executor);
    group.spawn(handover.run());
    co_await sleep_for(20ms);
    const bool left_alone = test.metadata_.calls() == 0;
    const auto lease = other->lease;
    co_await test.store_->release(lease);
    while (test.store_->depth() > 0) co_await sleep_for(1ms);
    group.cancel();
    co_await group.join();
    co_return left_alone;
  };
  EXPECT_TRUE(runner_.run([&] { return story(*this); }));
  EXPECT_EQ(metadata_.films().size(), 40u);
}

}  // namespace
}  // namespace filmoteka::scraper
