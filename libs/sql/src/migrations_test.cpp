#include "test_folder.hpp"

#include <filmoteka/sql/migrations.hpp>

#include <gtest/gtest.h>

#include <array>

namespace filmoteka::sql {
namespace {

constexpr Migration kFilms{1, "0001_films", "CREATE TABLE films (x INTEGER); INSERT INTO films VALUES (1);"};
constexpr Migration kGenres{2, "0002_genres", "CREATE TABLE genres (x INTEGER);"};
constexpr std::array kOne{kFilms};
constexpr std::array kTwo{kFilms, kGenres};

using Names = std::vector<std::string>;

struct MigrationsTest : testing::Test {
  TestFolder folder;
  Database database = Database::open(folder.file("test.db")).value();
  bool has_table(const std::string& name) {
    Statement statement = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?1").value();
    return statement.bind(name).step().value();
  }
};

TEST_F(MigrationsTest, applies_each_once_in_order) {
  EXPECT_EQ(pending_migrations(database, kTwo).value(), (Names{"0001_films", "0002_genres"}));
  EXPECT_EQ(migrate(database, kOne).value(), Names{"0001_films"});
  EXPECT_EQ(pending_migrations(database, kTwo).value(), Names{"0002_genres"});
  EXPECT_EQ(migrate(database, kTwo).value(), Names{"0002_genres"});
  EXPECT_TRUE(migrate(database, kTwo).value().empty());
  EXPECT_TRUE(has_table("genres"));
}

TEST_F(MigrationsTest, asking_what_is_pending_changes_nothing) {
  (void)pending_migrations(database, kTwo);
  EXPECT_FALSE(has_table("schema_migrations"));
}

TEST_F(MigrationsTest, refuses_a_newer_schema) {
  ASSERT_TRUE(migrate(database, kTwo).has_value());
  const auto result = migrate(database, kOne);
  ASSERT_TRUE(result.has_error());
  EXPECT_EQ(result.error().code, ErrorCode::kConflict);
  EXPECT_EQ(result.error().message,
            "This folder was written by a newer Filmoteka (schema 2, this program knows 1): use the newer "
            "program or "
            "another --data.");
}

TEST_F(MigrationsTest, works_on_a_schema_that_a_newer_program_has_only_expanded) {
  const std::array newer{kFilms, Migration{2, "0002_expand_genres", "CREATE TABLE genres (x INTEGER);"}};
  ASSERT_TRUE(migrate(database, newer).has_value());
  EXPECT_TRUE(migrate(database, kOne).value().empty());
  EXPECT_TRUE(pending_migrations(database, kOne).value().empty());
  EXPECT_TRUE(migrate(database, newer).value().empty());
}

TEST_F(MigrationsTest, refuses_a_newer_schema_that_was_contracted_after_it_was_expanded) {
  const std::array newer{kFilms, Migration{2, "0002_expand_genres", "CREATE TABLE genres (x INTEGER);"},
                         Migration{3, "0003_contract_films", "DROP TABLE films;"}};
  ASSERT_TRUE(migrate(database, newer).has_value());
  EXPECT_EQ(migrate(database, kOne).error().code, ErrorCode::kConflict);
}

TEST_F(MigrationsTest, a_step_that_is_missing_under_a_newer_one_is_noticed) {
  const std::array newer{kFilms, kGenres, Migration{3, "0003_expand_more", "CREATE TABLE more (x INTEGER);"}};
  ASSERT_TRUE(migrate(database, newer).has_value());
  ASSERT_TRUE(database.execute("DELETE FROM schema_migrations WHERE version = 2").has_value());
  const auto result = migrate(database, kTwo);
  ASSERT_TRUE(result.has_error());
  EXPECT_NE(result.error().message.find("0002_genres was never applied"), std::string::npos);
}

TEST_F(MigrationsTest, refuses_an_edited_migration) {
  ASSERT_TRUE(migrate(database, kOne).has_value());
  Migration edited = kFilms;
  edited.sql = "CREATE TABLE films (y INTEGER);";
  const std::array migrations{edited, kGenres};
  EXPECT_EQ(migrate(database, migrations).error().code, ErrorCode::kConflict);
  EXPECT_FALSE(has_table("genres"));
}

TEST_F(MigrationsTest, a_failing_migration_leaves_nothing_behind) {
  const std::array migrations{
      kFilms, Migration{2, "0002_broken", "CREATE TABLE b (x); INSERT INTO nowhere VALUES (1);"}};
  EXPECT_TRUE(migrate(database, migrations).has_error());
  EXPECT_TRUE(has_table("films"));
  EXPECT_FALSE(has_table("b"));
  EXPECT_EQ(migrate(database, kTwo).value(), Names{"0002_genres"});
}

}  // namespace
}  // namespace filmoteka::sql
