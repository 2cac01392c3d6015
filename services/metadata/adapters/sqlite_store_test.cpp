#include <filmoteka/sql/database.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <metadata/adapters/sqlite_store.hpp>
#include <metadata/testing/films.hpp>
#include <metadata/testing/open_store.hpp>

#include <set>

namespace filmoteka::metadata {
namespace {

using testing::film;
using testing::films;
using testing::OpenStore;

struct SqliteStoreTest : ::testing::Test {
  filmoteka::testing::TemporaryFolder folder;
  std::filesystem::path file = folder / "metadata.db";
};

TEST_F(SqliteStoreTest, a_film_comes_back_as_it_was_stored) {
  OpenStore store(file);
  const auto outcome = store.upsert({film(1)}).at(0);
  EXPECT_EQ(outcome.status, UpsertStatus::kCreated);
  const auto movies = store.all();
  ASSERT_EQ(movies.size(), 1U);
  domain::MovieFacts expected = film(1);
  expected.added_at = store.clock.now();
  EXPECT_EQ(movies[0].facts, expected);
  EXPECT_EQ(movies[0].id, outcome.id);
  EXPECT_EQ(movies[0].revision, outcome.revision);
  EXPECT_EQ(movies[0].added_at, store.clock.now());
  EXPECT_EQ(movies[0].updated_at, store.clock.now());
  ASSERT_EQ(store.heard.size(), 1U);
  EXPECT_EQ(store.heard[0].movie, movies[0]);
}

TEST_F(SqliteStoreTest, absent_values_stay_absent) {
  OpenStore store(file);
  domain::MovieFacts bare;
  bare.title = "X";
  bare.source = "s";
  bare.source_id = "1";
  store.upsert({bare});
  bare.added_at = store.clock.now();
  EXPECT_EQ(store.all().at(0).facts, bare);
}

TEST_F(SqliteStoreTest, the_same_facts_write_nothing) {
  OpenStore store(file);
  store.upsert(films(0, 10));
  const auto before = store.all();
  store.clock.advance(std::chrono::hours(1));
  for (const UpsertOutcome& outcome : store.upsert(films(0, 10))) {
    EXPECT_EQ(outcome.status, UpsertStatus::kUnchanged);
  }
  EXPECT_EQ(store.all(), before);
  EXPECT_EQ(store.heard.size(), 10U);
}

TEST_F(SqliteStoreTest, changed_facts_raise_the_revision_and_keep_id_and_added_at) {
  OpenStore store(file);
  store.upsert(films(0, 3));
  const auto before = store.all();
  store.clock.advance(std::chrono::hours(1));
  domain::MovieFacts changed = film(1);
  changed.views += 5;
  changed.added_at = store.clock.now();  // does not count any more
  const auto outcome = store.upsert({changed}).at(0);
  EXPECT_EQ(outcome.status, UpsertStatus::kUpdated);
  EXPECT_EQ(outcome.revision, 4);
  const auto after = store.all();
  EXPECT_EQ(after[0], before[0]);
  EXPECT_EQ(after[1].id, before[1].id);
  EXPECT_EQ(after[1].added_at, before[1].added_at);
  EXPECT_EQ(after[1].updated_at, store.clock.now());
  EXPECT_EQ(after[1].facts.views, changed.views);
}

TEST_F(SqliteStoreTest, another_publication_time_alone_is_no_change) {
  OpenStore store(file);
  store.upsert({film(1)});
  domain::MovieFacts later = film(1);
  later.added_at = store.clock.now() + std::chrono::hours(5);
  EXPECT_EQ(store.upsert({later}).at(0).status, UpsertStatus::kUnchanged);
}

TEST_F(SqliteStoreTest, a_film_twice_in_one_batch_is_one_film) {
  OpenStore store(file);
  domain::MovieFacts second = film(1);
  second.title = "Второе";
  const auto outcomes = store.upsert({film(1), second, second});
  EXPECT_EQ(outcomes[0].status, UpsertStatus::kCreated);
  EXPECT_EQ(outcomes[1].status, UpsertStatus::kUpdated);
  EXPECT_EQ(outcomes[2].status, UpsertStatus::kUnchanged);
  EXPECT_EQ(outcomes[0].id, outcomes[2].id);
  EXPECT_EQ(store.all().at(0).facts.title, "Второе");
}

TEST_F(SqliteStoreTest, a_batch_that_breaks_the_schema_leaves_nothing_behind) {
  OpenStore store(file);
  auto batch = films(0, 5);
  batch[3].year = 1;  // what validation would have refused
  const auto outcomes = store.run(store.store().upsert(batch));
  ASSERT_TRUE(outcomes.has_error());
  EXPECT_EQ(outcomes.error().code, ErrorCode::kConflict);
  EXPECT_TRUE(store.all().empty());
  EXPECT_TRUE(store.heard.empty());
  EXPECT_EQ(store.upsert({film(1)}).at(0).revision, 1);
}

TEST_F(SqliteStoreTest, changes_tell_each_films_last_change_in_order) {
  OpenStore store(file);
  store.upsert(films(0, 3));  // revisions 1, 2, 3
  domain::MovieFacts changed = film(0);
  changed.title = "Y";
  store.upsert({changed});  // revision 4
  using Entries = std::vector<FeedEntry>;
  const auto ask = [&](FeedQuery query) {
    return store.run(store.store().changes(query)).value();
  };
  EXPECT_EQ(ask({0, 4, 10}), (Entries{{2, 2, false}, {3, 3, false}, {4, 1, false}}));
  EXPECT_EQ(ask({2, 3, 10}), (Entries{{3, 3, false}}));
  EXPECT_EQ(ask({0, 4, 2}).size(), 2U);
  EXPECT_TRUE(ask({4, 4, 10}).empty());
}

TEST_F(SqliteStoreTest, deleted_films_are_in_the_feed) {
  { const OpenStore made(file); }
  ASSERT_TRUE(sql::Database::open(file)->execute("INSERT INTO deleted_movies VALUES (7, 3, 0)").has_value());
  OpenStore store(file);
  EXPECT_EQ(store.run(store.store().changes({0, 9, 10})).value(), (std::vector<FeedEntry>{{3, 7, true}}));
}

TEST_F(SqliteStoreTest, a_reader_sees_one_state_while_films_are_written) {
  OpenStore store(file);
  store.upsert(films(0, 10));
  const auto reader = store.run(store.store().read_all()).value();
  store.upsert(films(5, 10));
  EXPECT_EQ(reader->revision(), 10);
  EXPECT_EQ(reader->films(), 10U);
  EXPECT_EQ(store.run(reader->next()).value().size(), 10U);
  EXPECT_TRUE(store.run(reader->next()).value().empty());
}

TEST_F(SqliteStoreTest, refuses_a_database_of_a_newer_program) {
  { const OpenStore made(file); }
  ASSERT_TRUE(sql::Database::open(file)
                  ->execute("INSERT INTO schema_migrations VALUES (2, '0002_later', 'x', 'now')")
                  .has_value());
  FakeClock clock;
  telemetry::Metrics metrics;
  const auto store = open_sqlite_store(file, clock, metrics, [](std::span<const Change>) {});
  ASSERT_TRUE(store.has_error());
  EXPECT_NE(store.error().message.find("newer Filmoteka"), std::string::npos);
}

TEST_F(SqliteStoreTest, says_which_migrations_are_pending) {
  EXPECT_EQ(pending_sqlite_migrations(file).value(), std::vector<std::string>{"0001_movies"});
  EXPECT_FALSE(std::filesystem::exists(file));
  { const OpenStore made(file); }
  EXPECT_TRUE(pending_sqlite_migrations(file).value().empty());
}

}  // namespace
}  // namespace filmoteka::metadata
