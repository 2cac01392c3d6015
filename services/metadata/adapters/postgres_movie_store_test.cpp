#include <filmoteka/testing/postgres_server.hpp>
#include <filmoteka/testing/run.hpp>

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <metadata/adapters/postgres_connections.hpp>
#include <metadata/adapters/postgres_movie_store.hpp>
#include <metadata/adapters/postgres_thread.hpp>
#include <metadata/testing/films.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace filmoteka::metadata {
namespace {

using namespace std::chrono_literals;
using testing::film;
using testing::films;

struct PostgresMovieStoreTest : ::testing::Test {
  PostgresMovieStoreTest() : PostgresMovieStoreTest(filmoteka::testing::PostgresOptions{}) {}
  explicit PostgresMovieStoreTest(const filmoteka::testing::PostgresOptions& options) : server(options) {}

  filmoteka::testing::PostgresServer server;
  PostgresStoreSettings settings{.url = server.create_database()};
  filmoteka::testing::Runner runner;
  FakeClock clock;
  telemetry::Metrics metrics;

  std::unique_ptr<MovieStore> open() { return open_postgres_movie_store(settings, clock, metrics).value(); }
  template <class T>
  T run(Task<T> task) {
    auto once = [&task] {
      return std::move(task);
    };
    return runner.run(once);
  }
  Result<Commit> upsert(MovieStore& store, const std::vector<domain::MovieFacts>& rows) {
    const Write write = UpsertMovies{rows};
    return run(store.write(write));
  }
  /// True if there was news in time.
  bool wait_for_news(MovieStore& store, std::chrono::milliseconds patience) {
    const auto begin = std::chrono::steady_clock::now();
    auto wait = [](MovieStore& of, Deadline deadline) -> Task<bool> {
      auto waiting = of.wait_for_news(deadline);
      co_await std::move(waiting);
      co_return true;
    };
    run(wait(store, Deadline::at(begin + patience)));
    return std::chrono::steady_clock::now() < begin + patience;
  }
  /// False if none does within half a minute.
  bool until_a_writer_waits() {
    const auto limit = std::chrono::steady_clock::now() + 30s;
    const std::string ask =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FOR UPDATE%'";
    while (server.execute("test1", ask) == "0") {
      if (std::chrono::steady_clock::now() > limit) return false;
      std::this_thread::yield();
    }
    return true;
  }
  std::vector<domain::Movie> all(MovieStore& store) {
    const auto reader = run(store.read_all()).value();
    std::vector<domain::Movie> movies;
    for (;;) {
      auto some = run(reader->next()).value();
      if (some.empty()) return movies;
      movies.insert(movies.end(), some.begin(), some.end());
    }
  }
};

TEST_F(PostgresMovieStoreTest, films_come_back_as_they_were_stored_and_the_same_facts_write_nothing) {
  const auto store = open();
  const Commit first = upsert(*store, films(0, 50)).value();
  EXPECT_EQ(first.changes.size(), 50U);
  EXPECT_EQ(first.after, 50);
  std::vector<domain::Movie> told;
  for (const Change& change : first.changes) told.push_back(*change.movie);
  EXPECT_EQ(all(*store), told);
  const Commit again = upsert(*store, films(0, 50)).value();
  EXPECT_TRUE(again.changes.empty());
  EXPECT_EQ(again.after, 50);
}

TEST_F(PostgresMovieStoreTest, edits_records_and_deletions_are_kept_and_fed) {
  const auto store = open();
  ASSERT_TRUE(upsert(*store, films(0, 3)).has_value());
  const Write patch = PatchMovie{1, std::nullopt, R"({"title":"Иначе"})"};
  ASSERT_TRUE(run(store->write(patch)).has_value());
  const Write refused = DeleteMovie{2, std::vector<domain::Revision>{999}};
  EXPECT_EQ(run(store->write(refused)).error().code, ErrorCode::kPreconditionFailed);
  const Write gone = DeleteMovie{2, std::nullopt};
  ASSERT_TRUE(run(store->write(gone)).has_value());
  const auto movies = all(*store);
  ASSERT_EQ(movies.size(), 2U);
  EXPECT_EQ(movies[0].facts.title, "Иначе");
  EXPECT_EQ(movies[0].records.size(), 1U);
  EXPECT_EQ(run(store->changes({0, 9, 10})).value(),
            (std::vector<FeedEntry>{{3, 3, false}, {4, 1, false}, {5, 2, true}}));
  const News news = run(store->news(2, 2)).value();
  ASSERT_EQ(news.changes.size(), 2U);
  EXPECT_EQ(news.revision, 4);
  EXPECT_EQ(news.changes[1].movie, movies[0]);
  EXPECT_EQ(run(store->news(4, 10)).value().revision, 5);
}

TEST_F(PostgresMovieStoreTest, what_no_standby_has_is_not_acknowledged_as_unchanged_either) {
  settings.write_deadline = 1s;
  auto store = open();
  ASSERT_TRUE(upsert(*store, films(0, 1)).has_value());
  // A standby that is away, and a server that starts anew before it is back: what it has on its disk is
  // visible then.
  server.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
  server.restart();
  store.reset();
  store = open();
  EXPECT_TRUE(upsert(*store, films(1, 1)).has_error());
  server.restart();
  store.reset();
  store = open();
  ASSERT_EQ(all(*store).size(), 2U) << "the film is there, on this server alone";
  EXPECT_TRUE(upsert(*store, films(1, 1)).has_error());
}

TEST_F(PostgresMovieStoreTest, a_database_that_takes_no_writes_is_read_and_followed) {
  const auto writer = open();
  ASSERT_TRUE(upsert(*writer, films(0, 2)).has_value());
  // As a standby says it.
  server.execute("postgres", "ALTER DATABASE test1 SET default_transaction_read_only = on");
  settings.url += "&target_session_attrs=any";
  telemetry::Metrics own;
  const auto opened = open_postgres_movie_store(settings, clock, own);
  ASSERT_TRUE(opened.has_value()) << describe(opened.error());
  MovieStore& reader = **opened;
  EXPECT_EQ(all(reader).size(), 2U);
  ASSERT_TRUE(upsert(*writer, films(2, 1)).has_value());
  EXPECT_EQ(run(reader.news(2, 10)).value().revision, 3);
  EXPECT_EQ(upsert(reader, films(3, 1)).error().code, ErrorCode::kUnavailable);
}

TEST_F(PostgresMovieStoreTest, what_is_to_be_migrated_is_said_and_several_may_begin_with_it_at_once) {
  const std::vector<std::string> pending = pending_postgres_migrations(settings).value();
  ASSERT_FALSE(pending.empty());
  EXPECT_EQ(pending.front(), "0001_movies");
  EXPECT_EQ(pending_postgres_migrations(settings).value(), pending) << "it was only asked";
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> replicas;
    for (int i = 0; i < 6; ++i) {
      replicas.emplace_back([&] {
        telemetry::Metrics own;
        const auto store = open_postgres_movie_store(settings, clock, own);
        opened += store.has_value() ? 1 : 0;
        EXPECT_TRUE(store.has_value()) << describe(store.error());
      });
    }
  }
  EXPECT_EQ(opened, 6);
  EXPECT_TRUE(pending_postgres_migrations(settings).value().empty());
}

TEST_F(PostgresMovieStoreTest, views_are_added_to_films_that_exist) {
  const auto store = open();
  ASSERT_TRUE(upsert(*store, films(0, 2)).has_value());
  const std::vector<FilmViews> more{{1, 5}, {77, 1}};
  ASSERT_TRUE(run(store->add_views(more)).has_value());
  const ViewNews news = run(store->add_views(more)).value();
  EXPECT_EQ(news.views, (std::vector<FilmViews>{{1, 10}}));
  EXPECT_EQ(run(store->view_news(news.version - 1)).value().views, news.views);
  EXPECT_EQ(all(*store)[0].local_views, 10);
}

TEST_F(PostgresMovieStoreTest, a_commit_that_comes_late_is_not_lost_to_the_feed) {
  const auto store = open();
  ASSERT_TRUE(upsert(*store, films(0, 1)).has_value());
  PGconn* const late = PQconnectdb(settings.url.c_str());
  PQclear(PQexec(late,
                 "BEGIN; SELECT * FROM metadata.catalogue FOR UPDATE;"
                 "UPDATE metadata.movies SET revision = 2, title = 'late' WHERE id = 1;"
                 "UPDATE metadata.catalogue SET revision = 2"));
  std::thread writer([&] {
    filmoteka::testing::Runner own;
    telemetry::Metrics own_metrics;
    const auto other = open_postgres_movie_store(settings, clock, own_metrics).value();
    const std::vector<domain::MovieFacts> rows = films(1, 1);
    const Write write = UpsertMovies{rows};
    auto writing = [&] {
      return other->write(write);
    };
    EXPECT_EQ(own.run(writing).value().after, 3);
  });
  EXPECT_TRUE(until_a_writer_waits());
  EXPECT_EQ(run(store->news(1, 10)).value().revision, 1) << "nobody may see past the open transaction";
  wait_for_news(*store, 0ms);  // of before
  PQclear(PQexec(late, "COMMIT"));
  PQfinish(late);
  EXPECT_TRUE(wait_for_news(*store, 30s)) << "nobody was woken";
  writer.join();
  const News news = run(store->news(1, 10)).value();
  ASSERT_EQ(news.changes.size(), 2U);
  EXPECT_EQ(news.changes[0].movie->facts.title, "late");
  EXPECT_EQ(news.revision, 3);
}

TEST_F(PostgresMovieStoreTest, a_follower_of_many_concurrent_writers_misses_nothing) {
  constexpr int kWriters = 6;
  constexpr int kWrites = 25;
  // Nothing orders the writers but what the store does itself: some come late to their commit.
  open();
  server.execute("test1",
                 "CREATE FUNCTION metadata.dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                 " PERFORM pg_sleep(random() * 0.004); RETURN NULL; END $$");
  server.execute("test1",
                 "CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT OR UPDATE ON metadata.movies DEFERRABLE"
                 " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION metadata.dawdle()");
  const auto store = open();
  std::atomic<int> working = kWriters;
  std::vector<std::jthread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      filmoteka::testing::Runner own;
      telemetry::Metrics own_metrics;
      const auto other = open_postgres_movie_store(settings, clock, own_metrics).value();
      for (int i = 0; i < kWrites; ++i) {
        const std::vector<domain::MovieFacts> rows = films(writer * 1'000 + i, 1);
        const Write write = UpsertMovies{rows};
        auto writing = [&] {
          return other->write(write);
        };
        EXPECT_TRUE(own.run(writing).has_value());
      }
      --working;
    });
  }
  std::vector<domain::Revision> seen;
  domain::Revision place = 0;
  for (bool last = false; !last;) {
    last = working == 0;
    const News news = run(store->news(place, 10)).value();
    for (const Change& change : news.changes) seen.push_back(change.revision);
    last = last && news.revision == place;
    place = news.revision;
  }
  ASSERT_EQ(seen.size(), static_cast<std::size_t>(kWriters * kWrites));
  for (std::size_t i = 0; i < seen.size(); ++i) {
    ASSERT_EQ(seen[i], static_cast<domain::Revision>(i + 1)) << "seen out of order, or never";
  }
}

TEST_F(PostgresMovieStoreTest, a_writer_that_hangs_in_its_transaction_does_not_hold_up_the_others) {
  const auto store = open();
  StoreThread hung(connections_of(settings, "filmoteka-metadata"), settings.log);
  auto lock = [](StoreThread& thread) -> Task<std::shared_ptr<sql::postgres::Lease>> {
    auto acquiring = thread.work.acquire(Deadline::after(10s));
    auto lease = std::make_shared<sql::postgres::Lease>((co_await std::move(acquiring)).value());
    sql::postgres::Batch batch;
    batch.add("BEGIN").add("SELECT revision FROM catalogue FOR UPDATE");
    auto locking = (*lease)->run(batch, Deadline::after(10s));
    EXPECT_TRUE((co_await std::move(locking)).has_value());
    co_return lease;
  };
  // From now on it says nothing, like a process that was stopped.
  auto lease = hung.wait_for(lock(hung));
  const auto begin = std::chrono::steady_clock::now();
  const auto written = upsert(*store, films(0, 1));
  EXPECT_TRUE(written.has_value()) << describe(written.error());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  auto let_go = [](std::shared_ptr<sql::postgres::Lease>& held) -> Task<bool> {
    held.reset();
    co_return true;
  };
  hung.wait_for(let_go(lease));
}

TEST_F(PostgresMovieStoreTest, exports_that_take_all_their_connections_hold_up_nobody_else) {
  settings.deadline = 3s;
  const auto store = open();
  ASSERT_TRUE(upsert(*store, films(0, 1)).has_value());
  std::vector<std::unique_ptr<FilmReader>> exports;
  for (std::size_t i = 0; i < settings.connections; ++i) exports.push_back(run(store->read_all()).value());
  EXPECT_TRUE(upsert(*store, films(1, 1)).has_value());
  EXPECT_EQ(run(store->news(1, 10)).value().revision, 2);
  EXPECT_TRUE(run(store->film(1)).value().has_value());
  EXPECT_EQ(run(store->read_all()).error().code, ErrorCode::kUnavailable) << "one more waits, and is refused";
  exports.clear();
  EXPECT_TRUE(run(store->read_all()).has_value());
}

TEST_F(PostgresMovieStoreTest, news_of_a_database_that_has_gone_back_says_so) {
  const auto store = open();
  ASSERT_TRUE(upsert(*store, films(0, 3)).has_value());
  const News news = run(store->news(77, 10)).value();
  EXPECT_EQ(news.revision, 3) << "the store's own, not what was asked for";
  EXPECT_EQ(news.secret, store->secret());
}

TEST_F(PostgresMovieStoreTest, keys_of_an_older_algorithm_are_made_anew) {
  ASSERT_TRUE(upsert(*open(), films(0, 20)).has_value());
  const std::string sum =
      "SELECT count(*) || ' ' || sum(match_key % 1000003 * movie_id) FROM metadata.match_keys";
  const std::string before = server.execute("test1", sum);
  server.execute("test1", "UPDATE metadata.match_keys SET match_key = match_key + 1");
  server.execute("test1", "UPDATE metadata.catalogue SET match_version = 0");
  EXPECT_NE(server.execute("test1", sum), before);
  open();
  EXPECT_EQ(server.execute("test1", sum), before);
}

TEST_F(PostgresMovieStoreTest, keys_of_a_newer_algorithm_are_left_alone) {
  ASSERT_TRUE(upsert(*open(), films(0, 3)).has_value());
  const std::string sum = "SELECT sum(match_key % 1000003) || '' FROM metadata.match_keys";
  server.execute("test1", "UPDATE metadata.match_keys SET match_key = match_key + 1");
  server.execute("test1", "UPDATE metadata.catalogue SET match_version = 99");
  const std::string newer = server.execute("test1", sum);
  open();
  EXPECT_EQ(server.execute("test1", sum), newer);
  EXPECT_EQ(server.execute("test1", "SELECT match_version FROM metadata.catalogue"), "99");
}

TEST_F(PostgresMovieStoreTest, its_connections_are_counted) {
  const auto store = open();
  ASSERT_TRUE(upsert(*store, films(0, 1)).has_value());
  EXPECT_NE(metrics.render().find("filmoteka_metadata_store_connections{pool=\"work\",state=\"idle\"} 1"),
            std::string::npos);
  EXPECT_NE(metrics.render().find("filmoteka_metadata_store_connects_total{pool=\"work\"} 1"),
            std::string::npos);
  server.kill();
  EXPECT_TRUE(run(store->news(0, 1)).has_error());
  EXPECT_EQ(metrics.render().find("filmoteka_metadata_store_connect_failures_total{pool=\"feed\"} 0"),
            std::string::npos);
}

struct PostgresDurabilityTest : PostgresMovieStoreTest {
  PostgresDurabilityTest() : PostgresMovieStoreTest({.fsync = true, .settings = {}}) {
    settings.deadline = 3s;  // how long a write waits for the killed server
  }
  bool is_back(MovieStore& store) {
    const auto limit = std::chrono::steady_clock::now() + 30s;
    while (run(store.changes({0, 0, 1})).has_error()) {
      if (std::chrono::steady_clock::now() > limit) return false;
    }
    return true;
  }
};

TEST_F(PostgresDurabilityTest, what_was_acknowledged_is_there_after_kill_9_of_the_server) {
  const auto store = open();
  std::atomic<int> acknowledged = 0;
  for (const int kill_after : {1, 4, 2}) {
    std::atomic<bool> refused = false;
    std::thread killer([this, &acknowledged, &refused, limit = acknowledged + kill_after] {
      while (acknowledged < limit && !refused) std::this_thread::yield();
      server.kill();
    });
    const int before = acknowledged;
    while (upsert(*store, films(acknowledged * 20, 20)).has_value()) ++acknowledged;
    refused = true;
    killer.join();
    ASSERT_GE(acknowledged, before + kill_after) << "a write was refused while the server was there";
    server.start();
    ASSERT_TRUE(is_back(*store));
    const auto movies = all(*store);
    EXPECT_GE(movies.size(), static_cast<std::size_t>(acknowledged * 20));
    EXPECT_EQ(movies.size() % 20, 0U) << "half a batch was kept";
    EXPECT_EQ(static_cast<std::size_t>(movies.back().revision), movies.size());
    acknowledged = static_cast<int>(movies.size() / 20);
  }
  EXPECT_GT(acknowledged, 0);
}

}  // namespace
}  // namespace filmoteka::metadata
