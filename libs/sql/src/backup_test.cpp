#include "test_folder.hpp"

#include <filmoteka/sql/backup.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/integrity.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace filmoteka::sql {
namespace {

struct BackupTest : testing::Test {
  TestFolder folder;
  std::filesystem::path from = folder.file("from ?#%.db");
  std::filesystem::path to = folder.file("to.db");
  Database database = Database::open(from).value();

  BackupTest() {
    const auto filled = database.execute(
        "CREATE TABLE films (x INTEGER, y TEXT);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        " INSERT INTO films SELECT i, hex(zeroblob(400)) FROM n");
    EXPECT_TRUE(filled.has_value());
  }
  static std::int64_t count(const std::filesystem::path& file) {
    Database copy = Database::open(file, {.read_only = true, .immutable = true}).value();
    Statement rows = copy.prepare("SELECT count(*) FROM films").value();
    EXPECT_TRUE(rows.step().value());
    return rows.get<std::int64_t>(0);
  }
};

TEST_F(BackupTest, has_the_state_of_one_moment_while_somebody_writes) {
  int steps = 0;
  const auto write_between = [&](std::uint64_t done, std::uint64_t total) {
    ++steps;
    EXPECT_LE(done, total);
    return database.execute("INSERT INTO films VALUES (0, 'later')").has_value();
  };
  ASSERT_TRUE(back_up(from, to, {.progress = write_between}).has_value());
  EXPECT_GE(steps, 1);
  EXPECT_EQ(count(to), 20'000);
  EXPECT_TRUE(quick_check(to, true, Deadline::never()).has_value());
  EXPECT_FALSE(std::filesystem::exists(to.string() + "-wal"));
}

TEST_F(BackupTest, can_be_given_up) {
  const auto result = back_up(from, to, {.progress = [](auto, auto) {
                                return false;
                              }});
  ASSERT_TRUE(result.has_error());
  EXPECT_EQ(result.error().code, ErrorCode::kCancelled);
}

TEST_F(BackupTest, what_is_no_database_is_said) {
  const auto other = folder.file("other.db");
  std::ofstream(other) << std::string(5'000, 'x');
  EXPECT_EQ(back_up(other, to).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(back_up(folder.file("none.db"), to).error().code, ErrorCode::kUnavailable);
}

TEST_F(BackupTest, a_damaged_page_is_found) {
  ASSERT_TRUE(back_up(from, to).has_value());
  std::fstream file(to, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096 * 100);
  file << std::string(4096, '\x7f');
  file.close();
  const auto result = quick_check(to, true, Deadline::never());
  ASSERT_TRUE(result.has_error());
  EXPECT_EQ(result.error().code, ErrorCode::kCorrupt);
}

TEST_F(BackupTest, a_check_ends_by_its_deadline) {
  EXPECT_EQ(quick_check(from, false, Deadline::after(std::chrono::milliseconds(0))).error().code,
            ErrorCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace filmoteka::sql
