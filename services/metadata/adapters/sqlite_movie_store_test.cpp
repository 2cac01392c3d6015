// What is SQLite's own; the rest is in store_test.cpp.
#include <filmoteka/sql/database.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <metadata/adapters/sqlite_match_keys.hpp>
#include <metadata/testing/films.hpp>
#include <metadata/testing/sqlite_place.hpp>

namespace filmoteka::metadata {
namespace {

struct SqliteMovieStoreTest : ::testing::Test {
  filmoteka::testing::TemporaryFolder folder;
  std::filesystem::path file = folder / "metadata.db";

  void execute(const std::string& sql) {
    ASSERT_TRUE(sql::Database::open(file)->execute(sql).has_value()) << sql;
  }
  std::int64_t ask(const std::string& sql) {
    sql::Database database = sql::Database::open(file).value();
    sql::Statement select = database.prepare(sql).value();
    EXPECT_TRUE(select.step().value());
    return select.get<std::int64_t>(0);
  }
};

TEST_F(SqliteMovieStoreTest, keys_of_an_older_algorithm_are_made_anew) {
  {
    testing::OpenStorePlace place(testing::sqlite_kind(file));
    place.upsert(testing::films(0, 20));
  }
  const std::string sum = "SELECT count(*) + total(match_key % 1000003 * movie_id) FROM match_keys";
  const std::int64_t before = ask(sum);
  execute("UPDATE match_keys SET match_key = match_key + 1; UPDATE catalogue SET match_version = 0");
  { const testing::OpenStorePlace place(testing::sqlite_kind(file)); }
  EXPECT_EQ(ask(sum), before);
  EXPECT_EQ(ask("SELECT match_version FROM catalogue"), domain::kMatchKeysVersion);
}

TEST_F(SqliteMovieStoreTest, interrupted_renewal_goes_on_where_it_was) {
  {
    testing::OpenStorePlace place(testing::sqlite_kind(file));
    place.upsert(testing::films(0, 20));
  }
  const std::string of_done = "SELECT count(*) FROM match_keys WHERE movie_id <= 10";
  const std::string of_rest = "SELECT count(*) FROM match_keys WHERE movie_id > 10";
  const std::int64_t rest = ask(of_rest);
  execute(
      "DELETE FROM match_keys; UPDATE catalogue SET match_version = 0, match_made_up_to = 10, match_making "
      "= " +
      std::to_string(domain::kMatchKeysVersion));
  { const testing::OpenStorePlace place(testing::sqlite_kind(file)); }
  EXPECT_EQ(ask(of_done), 0) << "these were done before";
  EXPECT_EQ(ask(of_rest), rest);
}

TEST_F(SqliteMovieStoreTest, reviews_of_a_deleted_film_are_found_by_an_index_on_either_side) {
  { const testing::OpenStorePlace place(testing::sqlite_kind(file)); }
  for (const std::string column : {"movie_id", "other_id"}) {
    sql::Database database = sql::Database::open(file).value();
    sql::Statement plan =
        database.prepare("EXPLAIN QUERY PLAN SELECT 1 FROM reviews WHERE " + column + " = 1").value();
    ASSERT_TRUE(plan.step().value());
    EXPECT_TRUE(plan.get<std::string>(3).starts_with("SEARCH")) << plan.get<std::string>(3);
  }
}

TEST_F(SqliteMovieStoreTest, refuses_a_database_of_a_newer_program) {
  { const testing::OpenStorePlace place(testing::sqlite_kind(file)); }
  execute("INSERT INTO schema_migrations VALUES (1000, '1000_later', 'x', 'now')");
  const FakeClock clock;
  telemetry::Metrics metrics;
  const auto store = open_sqlite_movie_store(file, clock, metrics);
  ASSERT_TRUE(store.has_error());
  EXPECT_NE(store.error().message.find("newer Filmoteka"), std::string::npos);
}

}  // namespace
}  // namespace filmoteka::metadata
