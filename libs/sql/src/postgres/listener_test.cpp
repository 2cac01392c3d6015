#include "testing/test_database.hpp"

#include <filmoteka/async/task_group.hpp>
#include <filmoteka/sql/postgres/listener.hpp>
#include <filmoteka/sql/postgres/migrations.hpp>

#include <array>

namespace filmoteka::sql::postgres {
namespace {

using ListenerTest = DatabaseTest;
using PostgresMigrationsTest = DatabaseTest;

TEST_F(ListenerTest, hears_and_after_an_outage_says_that_something_may_have_been_missed) {
  auto whole = [this]() -> Task<void> {
    const Executor executor = co_await asio::this_coro::executor;
    Event listening(executor);
    Event heard(executor);
    std::string payload;
    int lost = 0;
    ListenerCallbacks callbacks{[&listening] { listening.set(); },
                                [&](std::string_view text) {
                                  payload = text;
                                  heard.set();
                                },
                                [&lost](const Error&) {
                                  ++lost;
                                }};
    Listener listener(settings, "News \"x\"", callbacks);
    TaskGroup group(executor);
    group.spawn(listener.run());
    for (const std::string text : {"1", "2"}) {
      co_await listening.wait();
      server.execute("test1", "NOTIFY \"News \"\"x\"\"\", '" + text + "'");
      co_await heard.wait();
      EXPECT_EQ(payload, text);
      heard.reset();
      listening.reset();
      server.restart();
    }
    co_await listening.wait();
    EXPECT_GE(lost, 2);
    group.cancel();
    co_await group.join();
  };
  runner.run(whole);
}

constexpr Migration kFilms{1, "0001_films", "CREATE TABLE films (x int8); INSERT INTO films VALUES (1);"};
constexpr Migration kGenres{2, "0002_genres", "CREATE TABLE genres (x int8);"};
constexpr Migration kBroken{2, "0002_genres",
                            "CREATE TABLE genres (x int8); INSERT INTO nowhere VALUES (1);"};
constexpr Migration kMore{2, "0002_more", "ALTER TABLE films ADD COLUMN y int8;"};
constexpr std::array kAltered{kFilms, kMore};
constexpr std::array kOne{kFilms};
constexpr std::array kTwo{kFilms, kGenres};
constexpr std::array kBad{kFilms, kBroken};
using Names = std::vector<std::string>;

struct Migrated {
  std::vector<Names> applied;
  std::vector<Error> failed;
};

Task<void> migrate_once(const ConnectSettings& settings, std::span<const Migration> migrations,
                        Migrated& out) {
  auto opening = Connection::open(settings, DatabaseTest::soon());
  const auto connection = (co_await std::move(opening)).value();
  auto migrating = migrate(*connection, settings.schema, migrations, DatabaseTest::soon());
  auto names = co_await std::move(migrating);
  if (names.has_value()) out.applied.push_back(*names);
  if (names.has_error()) out.failed.push_back(names.error());
}

TEST_F(PostgresMigrationsTest, eight_replicas_that_start_at_once_apply_each_once) {
  settings.schema = "metadata";
  auto whole = [this]() -> Task<void> {
    TaskGroup group(co_await asio::this_coro::executor);
    Migrated migrated;
    for (int i = 0; i < 8; ++i) group.spawn(migrate_once(settings, kTwo, migrated));
    co_await group.join();
    for (const Error& error : migrated.failed) ADD_FAILURE() << describe(error);
    EXPECT_EQ(migrated.applied.size(), 8U);
    Names all;
    for (const Names& names : migrated.applied) all.insert(all.end(), names.begin(), names.end());
    EXPECT_EQ(all, (Names{"0001_films", "0002_genres"}));
    EXPECT_EQ(server.execute("test1", "SELECT count(*) FROM metadata.films"), "1");
  };
  runner.run(whole);
}

TEST_F(PostgresMigrationsTest, refuses_as_on_sqlite_and_leaves_nothing_half_done) {
  auto whole = [this]() -> Task<void> {
    Migrated migrated;
    for (const std::span<const Migration> steps :
         {std::span<const Migration>(kBad), std::span<const Migration>(kTwo),
          std::span<const Migration>(kOne), std::span<const Migration>(kBad)}) {
      auto migrating = migrate_once(settings, steps, migrated);
      co_await std::move(migrating);
    }
    EXPECT_EQ(migrated.applied, (std::vector<Names>{{"0002_genres"}}));
    EXPECT_EQ(migrated.failed.size(), 3U);
    EXPECT_EQ(migrated.failed[0].code, ErrorCode::kInternal);
    EXPECT_EQ(migrated.failed[1].code, ErrorCode::kConflict);
    EXPECT_NE(migrated.failed[1].message.find("newer Filmoteka"), std::string::npos);
    EXPECT_EQ(migrated.failed[2].code, ErrorCode::kConflict);
  };
  runner.run(whole);
}

TEST_F(PostgresMigrationsTest, a_table_in_use_is_waited_for_without_holding_others_up) {
  auto whole = [this]() -> Task<void> {
    Migrated migrated;
    auto first = migrate_once(settings, kOne, migrated);
    co_await std::move(first);
    auto opening = Connection::open(settings, soon());
    const auto reader = (co_await std::move(opening)).value();
    auto reading = ask(*reader, "BEGIN");
    co_await std::move(reading);
    auto counting = ask(*reader, "SELECT count(*) FROM films");
    co_await std::move(counting);
    TaskGroup group(co_await asio::this_coro::executor);
    group.spawn(migrate_once(settings, kAltered, migrated));
    const std::string waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
    while (server.execute("test1", waiting) == "0") co_await sleep_for(std::chrono::milliseconds(1));
    // Behind the waiting ALTER; it comes through while the reader's transaction is still open.
    server.execute("test1", "INSERT INTO films VALUES (2)");
    EXPECT_EQ(migrated.applied.size(), 1U);
    auto ending = ask(*reader, "COMMIT");
    co_await std::move(ending);
    co_await group.join();
    for (const Error& error : migrated.failed) ADD_FAILURE() << describe(error);
    EXPECT_EQ(migrated.applied.back(), Names{"0002_more"});
  };
  runner.run(whole);
}

TEST_F(PostgresMigrationsTest, asking_what_is_pending_changes_nothing) {
  with_connection([this](Connection& connection) -> Task<void> {
    auto asking = pending_migrations(connection, kTwo, soon());
    const Result<Names> pending = co_await std::move(asking);
    EXPECT_EQ(pending.value(), (Names{"0001_films", "0002_genres"}));
    EXPECT_EQ(server.execute("test1", "SELECT to_regclass('schema_migrations')"), "");
  });
}

}  // namespace
}  // namespace filmoteka::sql::postgres
