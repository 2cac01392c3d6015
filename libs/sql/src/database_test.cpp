#include "test_folder.hpp"

#include <filmoteka/sql/database.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace filmoteka::sql {
namespace {

Database open(const TestFolder& folder, OpenOptions options = {}) {
  return Database::open(folder.file("test.db"), options).value();
}

std::int64_t count(Database& database) {
  Statement statement = database.prepare("SELECT count(*) FROM t").value();
  EXPECT_TRUE(statement.step().value());
  return statement.get<std::int64_t>(0);
}

std::string pragma(Database& database, const std::string& name) {
  Statement statement = database.prepare("PRAGMA " + name).value();
  EXPECT_TRUE(statement.step().value());
  return statement.get<std::string>(0);
}

TEST(Database, is_set_up_to_keep_what_was_committed) {
  const TestFolder folder;
  Database database = open(folder);
  EXPECT_EQ(pragma(database, "journal_mode"), "wal");
  EXPECT_EQ(pragma(database, "synchronous"), "2");
  EXPECT_EQ(pragma(database, "foreign_keys"), "1");
  EXPECT_EQ(pragma(database, "trusted_schema"), "0");
}

TEST(Database, values_come_back_as_they_were_bound) {
  const TestFolder folder;
  Database database = open(folder);
  ASSERT_TRUE(database.execute("CREATE TABLE t (a, b, c, d, e, f)").has_value());
  const std::string text("kept \0 whole", 12);
  const std::optional<std::int32_t> absent;
  Statement insert = database.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5, ?6)").value();
  ASSERT_TRUE(
      insert.bind(std::int64_t{1} << 62, text, 2.5, true, absent, std::string_view()).run().has_value());
  EXPECT_EQ(database.changes(), 1);
  Statement select = database.prepare("SELECT * FROM t").value();
  ASSERT_TRUE(select.step().value());
  EXPECT_EQ(select.get<std::int64_t>(0), std::int64_t{1} << 62);
  EXPECT_EQ(select.get<std::string>(1), text);
  EXPECT_EQ(select.get<double>(2), 2.5);
  EXPECT_TRUE(select.get<bool>(3));
  EXPECT_EQ(select.get<std::optional<std::int32_t>>(4), std::nullopt);
  EXPECT_EQ(select.get<std::optional<std::string>>(5), "");
  EXPECT_FALSE(select.step().value());
}

TEST(Database, one_text_can_be_leased_twice_at_once) {
  const TestFolder folder;
  Database database = open(folder);
  ASSERT_TRUE(database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)").has_value());
  Statement first = database.prepare("SELECT a FROM t ORDER BY a").value();
  EXPECT_TRUE(first.step().value());
  {
    Statement second = database.prepare("SELECT a FROM t ORDER BY a").value();
    EXPECT_TRUE(second.step().value());
    EXPECT_EQ(second.get<int>(0), 1);
  }
  EXPECT_TRUE(first.step().value());
  EXPECT_EQ(first.get<int>(0), 2);
}

TEST(Database, a_statement_given_back_forgets_its_bindings) {
  const TestFolder folder;
  Database database = open(folder);
  { (void)database.prepare("SELECT ?1").value().bind(5).step().value(); }
  Statement again = database.prepare("SELECT ?1").value();
  ASSERT_TRUE(again.step().value());
  EXPECT_TRUE(again.is_null(0));
}

TEST(Transaction, is_undone_unless_committed) {
  const TestFolder folder;
  Database database = open(folder);
  ASSERT_TRUE(database.execute("CREATE TABLE t (a)").has_value());
  {
    Transaction transaction = Transaction::immediate(database).value();
    ASSERT_TRUE(database.execute("INSERT INTO t VALUES (1)").has_value());
  }
  EXPECT_EQ(count(database), 0);
  Transaction transaction = Transaction::immediate(database).value();
  ASSERT_TRUE(database.execute("INSERT INTO t VALUES (1)").has_value());
  ASSERT_TRUE(transaction.commit().has_value());
  EXPECT_EQ(count(database), 1);
  EXPECT_FALSE(database.in_transaction());
}

TEST(Transaction, a_reader_sees_one_state_while_others_write) {
  const TestFolder folder;
  Database writer = open(folder);
  ASSERT_TRUE(writer.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)").has_value());
  Database reader = open(folder, {.read_only = true});
  {
    const Transaction transaction = Transaction::read(reader).value();
    EXPECT_EQ(count(reader), 1);
    ASSERT_TRUE(writer.execute("INSERT INTO t VALUES (2)").has_value());
    EXPECT_EQ(count(reader), 1);
  }
  EXPECT_EQ(count(reader), 2);
}

TEST(Errors, say_whose_fault_it_is) {
  const TestFolder folder;
  Database database = open(folder);
  ASSERT_TRUE(database.execute("CREATE TABLE t (a CHECK (a > 0))").has_value());
  const auto constraint = database.execute("INSERT INTO t VALUES (0)");
  EXPECT_EQ(constraint.error().code, ErrorCode::kConflict);
  const auto syntax = database.prepare("SELEKT 1");
  EXPECT_EQ(syntax.error().code, ErrorCode::kInternal);
  EXPECT_NE(syntax.error().detail.find("SELEKT"), std::string::npos);
  EXPECT_EQ(syntax.error().message.find("SELEKT"), std::string::npos);
}

TEST(Errors, busy_when_another_writes) {
  const TestFolder folder;
  Database first = open(folder);
  Database second = open(folder, {.busy_timeout = std::chrono::milliseconds(0)});
  const Transaction transaction = Transaction::immediate(first).value();
  EXPECT_EQ(Transaction::immediate(second).error().code, ErrorCode::kUnavailable);
}

TEST(Errors, files_that_cannot_be_used) {
  const TestFolder folder;
  EXPECT_EQ(Database::open(folder.file("no/such/folder.db")).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(Database::open(folder.file("absent.db"), {.read_only = true}).error().code,
            ErrorCode::kUnavailable);
  std::ofstream(folder.file("text.db")) << std::string(5'000, 'x');
  EXPECT_EQ(Database::open(folder.file("text.db")).error().code, ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace filmoteka::sql
