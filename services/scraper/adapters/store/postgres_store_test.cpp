/// What only a store that several processes share has to promise.
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/sql/postgres/transaction.hpp>
#include <filmoteka/testing/postgres_server.hpp>

#include <scraper/adapters/store/postgres_store.hpp>
#include <scraper/testing/store_fixtures.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::scraper {
namespace {

using namespace std::chrono_literals;

class SharedStore : public ::testing::Test {
 public:
  static void SetUpTestSuite() { server = std::make_unique<testing::PostgresServer>(); }
  static void TearDownTestSuite() { server.reset(); }

 protected:
  std::unique_ptr<PostgresStore> open() {
    auto store = runner_.run(
        [&] { return PostgresStore::open(runtime_.executor(), settings_, SystemClock::instance()); });
    EXPECT_TRUE(store.has_value()) << describe(store.error());
    return std::move(*store);
  }
  Result<Claimed> claim(Store& store) {
    return runner_.run([&] { return store.claim("test", 1min); });
  }
  std::chrono::milliseconds take(PostgresStore& store, const std::string& origin) {
    return *runner_.run([&] { return store.turns().take(origin); });
  }
  void give_back(PostgresStore& store, const std::string& origin, std::chrono::milliseconds rest) {
    EXPECT_TRUE(runner_.run([&] { return store.turns().give_back(origin, rest); }).has_value());
  }

  static inline std::unique_ptr<testing::PostgresServer> server;
  testing::Runner runner_;
  testing::RunningRuntime runtime_;
  PostgresStoreSettings settings_{.url = server->create_database()};
};

/// How many of them get a source that all ask for at the same moment.
Task<int> claims_at_once(std::vector<PostgresStore*> stores, std::string source) {
  auto one = [](PostgresStore& store, std::string name, int& won) -> Task<void> {
    const auto claimed = co_await store.claim(std::move(name), 1min);
    if (claimed.has_value()) ++won;
  };
  int won = 0;
  TaskGroup group(co_await asio::this_coro::executor);
  for (auto* store : stores) group.spawn(one(*store, source, won));
  co_await group.join();
  co_return won;
}

TEST_F(SharedStore, GivesASourceToOneOfManyThatAskAtOnce) {
  std::vector<std::unique_ptr<PostgresStore>> stores;
  std::vector<PostgresStore*> all;
  for (int i = 0; i < 4; ++i) all.push_back(stores.emplace_back(open()).get());
  for (int round = 0; round < 20; ++round) {
    const auto source = "source" + std::to_string(round);
    EXPECT_EQ(runner_.run([&] { return claims_at_once(all, source); }), 1) << source;
  }
}

TEST_F(SharedStore, LetsNobodyTakeOverInTheMiddleOfAWrite) {
  const auto one = open();
  const auto other = open();
  const auto run = begun(runner_, *one);
  EXPECT_TRUE(runner_.run([&] { return one->renew(run.lease, -1s); }).has_value());  // it has run out
  // A transaction of the holder, as a write of it has one.
  const auto held = runner_.run([&]() -> Task<Result<void>> {
    auto both = [](sql::postgres::Pool& pool, Store& rival, Lease lease) -> Task<Result<void>> {
      auto acquiring = pool.acquire(Deadline::after(10s));
      FILMOTEKA_CO_TRY(const sql::postgres::Lease connection, co_await std::move(acquiring));
      sql::postgres::Transaction transaction(*connection);
      auto locking = transaction.run(postgres::fenced(lease), Deadline::after(10s));
      FILMOTEKA_CO_CHECK(co_await std::move(locking));
      const auto early = co_await rival.claim("test", 1min);
      EXPECT_TRUE(early.has_error());
      auto undoing = transaction.rollback(Deadline::after(10s));
      co_await std::move(undoing);
      co_return Result<void>{};
    };
    sql::postgres::PoolSettings pool;
    pool.connect.url = settings_.url;
    pool.connect.schema = "scraper";
    sql::postgres::Pool connections(co_await asio::this_coro::executor, pool);
    auto trying = both(connections, *other, run.lease);
    co_return co_await std::move(trying);
  });
  EXPECT_TRUE(held.has_value()) << describe(held.error());
  EXPECT_TRUE(claim(*other).has_value()) << "after the write";
}

TEST_F(SharedStore, FailsSoonWithoutItsDatabaseAndGoesOnWhenItIsBack) {
  const auto store = open();
  const auto run = begun(runner_, *store);
  server->kill();
  const auto begin = std::chrono::steady_clock::now();
  const auto lost = runner_.run([&] { return store->commit(page_of(run, 0, 3)); });
  ASSERT_TRUE(lost.has_error());
  EXPECT_EQ(lost.error().code, ErrorCode::kUnavailable) << describe(lost.error());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, settings_.deadline);
  server->start();
  // Who comes during the pause after a failed attempt to connect is told so at once.
  const auto committed = runner_.run([&]() -> Task<Result<Committed>> {
    const auto limit = std::chrono::steady_clock::now() + 30s;
    while (true) {
      auto outcome = co_await store->commit(page_of(run, 0, 3));
      if (outcome.has_value() || std::chrono::steady_clock::now() > limit) co_return outcome;
      co_await sleep_for(10ms);
    }
  });
  ASSERT_TRUE(committed.has_value()) << describe(committed.error());
  EXPECT_EQ(committed->stored, 3u);
}

TEST_F(SharedStore, CountsWhatOthersPutIntoTheOutbox) {
  const auto one = open();
  const auto other = open();
  const auto run = begun(runner_, *one);
  runner_.run([&] { return one->commit(page_of(run, 0, 7)); });
  EXPECT_EQ(other->depth(), 0u);
  EXPECT_EQ(runner_.run([&] { return other->oldest(3); })->size(), 3u);
  EXPECT_EQ(other->depth(), 7u);
}

TEST_F(SharedStore, IsOneGuestOfAHost) {
  const auto one = open();
  const auto other = open();
  EXPECT_EQ(take(*one, "https://a"), 0ms);
  EXPECT_GT(take(*other, "https://a"), 0ms) << "one request at a time";
  EXPECT_EQ(take(*other, "https://b"), 0ms) << "hosts have nothing to do with each other";
  give_back(*other, "https://a", 1h);  // it has not got it
  EXPECT_GT(take(*one, "https://a"), 0ms);
  give_back(*one, "https://a", 1h);
  for (auto* store : {one.get(), other.get()}) {
    EXPECT_GT(take(*store, "https://a"), 59min);
    EXPECT_LE(take(*store, "https://a"), 60min);
  }
}

}  // namespace
}  // namespace filmoteka::scraper
