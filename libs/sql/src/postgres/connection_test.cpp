#include "testing/test_database.hpp"

#include <filmoteka/sql/postgres/transaction.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <unistd.h>

#include <chrono>
#include <filesystem>

namespace filmoteka::sql::postgres {
namespace {

using ConnectionTest = DatabaseTest;
using namespace std::chrono_literals;

TEST_F(ConnectionTest, values_come_back_as_they_were_sent) {
  with_connection([](Connection& connection) -> Task<void> {
    const Parameters parameters(std::int64_t{-9'000'000'000}, true, 2.5, "«x»\n", std::optional<int>(),
                                std::vector<std::string>{"a,\"b\"", "", "в"});
    auto asking =
        ask(connection, "SELECT $1, $2, $3, $4, $5, $6, $1::int8 IS NULL, 7::int2, 8::int4", parameters);
    const Rows rows = (co_await std::move(asking)).value();
    EXPECT_EQ(rows.get<std::int64_t>(0, 0), -9'000'000'000);
    EXPECT_TRUE(rows.get<bool>(0, 1));
    EXPECT_EQ(rows.get<double>(0, 2), 2.5);
    EXPECT_EQ(rows.get<std::string_view>(0, 3), "«x»\n");
    EXPECT_EQ(rows.get<std::optional<std::int64_t>>(0, 4), std::nullopt);
    EXPECT_EQ(rows.get<std::vector<std::string>>(0, 5), (std::vector<std::string>{"a,\"b\"", "", "в"}));
    EXPECT_EQ(rows.get<int>(0, 7) + rows.get<int>(0, 8), 15);
    EXPECT_THROW(rows.get<int>(0, 3), std::logic_error);
    EXPECT_THROW(rows.get<int>(1, 0), std::logic_error);
  });
}

TEST_F(ConnectionTest, arrays_with_nulls_make_sets_of_rows) {
  with_connection([](Connection& connection) -> Task<void> {
    const std::vector<std::int64_t> ids{1, 2, 3};
    const std::vector<std::optional<std::string_view>> names{"a", std::nullopt, ""};
    const std::vector<std::optional<double>> ratings{std::nullopt, 1.5, 2.0};
    auto asking = ask(connection, "SELECT * FROM unnest($1, $2, $3) AS t (id, name, rating) ORDER BY id",
                      Parameters(ids, names, ratings));
    const Rows rows = (co_await std::move(asking)).value();
    EXPECT_EQ(rows.size(), 3U);
    EXPECT_TRUE(rows.is_null(1, 1));
    EXPECT_EQ(rows.get<std::string>(2, 1), "");
    EXPECT_EQ(rows.get<std::optional<double>>(0, 2), std::nullopt);
    auto again = ask(connection, "SELECT count(*) FROM unnest($1)", Parameters(std::vector<std::int64_t>()));
    EXPECT_EQ((co_await std::move(again)).value().get<int>(0, 0), 0);
  });
}

TEST_F(ConnectionTest, a_batch_is_one_transaction_and_stops_at_its_first_failure) {
  with_connection([](Connection& connection) -> Task<void> {
    auto making = connection.run_script("CREATE TABLE t (x int8 PRIMARY KEY)", soon());
    EXPECT_TRUE((co_await std::move(making)).has_value());
    Batch batch;
    batch.add("INSERT INTO t VALUES ($1)", 1).add("INSERT INTO t VALUES ($1)", 1).add("SELECT * FROM t");
    auto running = connection.run(batch, soon());
    const auto failed = co_await std::move(running);
    EXPECT_EQ(failed.error().code, ErrorCode::kConflict);
    EXPECT_EQ(failed.error().detail.find("23505") == std::string::npos, false) << failed.error().detail;
    Batch good;
    good.add("INSERT INTO t SELECT unnest($1)", std::vector<std::int64_t>{1, 2, 3})
        .add("SELECT count(*) FROM t");
    auto again = connection.run(good, soon());
    const auto rows = (co_await std::move(again)).value();
    EXPECT_EQ(rows[0].affected(), 3);
    EXPECT_EQ(rows[1].get<int>(0, 0), 3);
  });
}

TEST_F(ConnectionTest, much_goes_both_ways_at_once) {
  with_connection([](Connection& connection) -> Task<void> {
    const std::string megabyte(1'000'000, 'x');
    Batch batch;
    for (int i = 0; i < 20; ++i) batch.add("SELECT $1", megabyte);
    auto running = connection.run(batch, soon());
    const auto rows = (co_await std::move(running)).value();
    EXPECT_EQ(rows.size(), 20U);
    EXPECT_EQ(rows.back().get<std::string_view>(0, 0), megabyte);
  });
}

TEST_F(ConnectionTest, our_wrong_sql_is_internal_and_leaves_the_connection_usable) {
  with_connection([](Connection& connection) -> Task<void> {
    auto asking = ask(connection, "SELECT * FROM nowhere");
    EXPECT_EQ((co_await std::move(asking)).error().code, ErrorCode::kInternal);
    auto script = connection.run_script("SELEC", soon());
    EXPECT_EQ((co_await std::move(script)).error().code, ErrorCode::kInternal);
    EXPECT_TRUE(connection.is_usable());
    auto again = ask(connection, "SELECT 1");
    EXPECT_TRUE((co_await std::move(again)).has_value());
  });
}

TEST_F(ConnectionTest, a_passed_deadline_ends_the_statement_at_the_server_too) {
  with_connection([this](Connection& connection) -> Task<void> {
    const auto start = std::chrono::steady_clock::now();
    auto sleeping = connection.query(Deadline::after(100ms), "SELECT pg_sleep(60) -- long");
    EXPECT_EQ((co_await std::move(sleeping)).error().code, ErrorCode::kDeadlineExceeded);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    EXPECT_FALSE(connection.is_usable());
    auto asking = ask(connection, "SELECT 1");
    EXPECT_EQ((co_await std::move(asking)).error().code, ErrorCode::kUnavailable);
    const std::string running =
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%-- long' AND pid <> pg_backend_pid()";
    while (server.execute("postgres", running) != "0" && std::chrono::steady_clock::now() - start < 20s) {
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
  });
}

TEST_F(ConnectionTest, the_servers_own_limits_are_set) {
  settings.statement_timeout = 50ms;
  settings.schema = "some \"schema\"";
  with_connection([](Connection& connection) -> Task<void> {
    auto sleeping = ask(connection, "SELECT pg_sleep(60)");
    EXPECT_EQ((co_await std::move(sleeping)).error().code, ErrorCode::kUnavailable);
    EXPECT_TRUE(connection.is_usable());
    auto asking =
        ask(connection, "SELECT current_setting('search_path'), current_setting('application_name')");
    const Rows rows = (co_await std::move(asking)).value();
    EXPECT_EQ(rows.get<std::string>(0, 0), "\"some \"\"schema\"\"\"");
    EXPECT_EQ(rows.get<std::string>(0, 1), "filmoteka");
  });
}

Task<Result<void>> try_to_open(const ConnectSettings& settings) {
  auto opening = Connection::open(settings, DatabaseTest::soon());
  const Result<std::unique_ptr<Connection>> connection = co_await std::move(opening);
  if (connection.has_error()) co_return connection.error();
  auto asking = ask(*connection.value(), "SELECT 1");
  FILMOTEKA_CO_CHECK(co_await std::move(asking));
  co_return Result<void>();
}

TEST(ConnectionOverTcp, needs_the_right_password_and_never_shows_it) {
  const filmoteka::testing::TemporaryFolder folder;
  const auto rules =
      folder.write("pg_hba.conf", "local all all trust\nhost all all 127.0.0.0/8 scram-sha-256\n");
  using std::filesystem::perms;
  std::filesystem::permissions(folder.path(), perms::others_exec | perms::others_read,
                               std::filesystem::perm_options::add);
  // All of 127/8 is loopback: an address of this process's own, where the usual port is free.
  const pid_t own = ::getpid();
  const std::string host = "127.84." + std::to_string(own / 256 % 256) + '.' + std::to_string(own % 256);
  filmoteka::testing::PostgresServer server(
      {.fsync = false, .settings = {"listen_addresses=" + host, "hba_file=" + rules.string()}});
  server.execute("postgres", "CREATE ROLE guarded LOGIN PASSWORD 'geheim'");
  filmoteka::testing::Runner runner;
  const auto open = [&](const std::string& password) {
    const ConnectSettings settings{.url = "postgresql://guarded:" + password + "@" + host + "/postgres"};
    return runner.run([&settings] { return try_to_open(settings); });
  };
  EXPECT_TRUE(open("geheim").has_value());
  const Result<void> refused = open("falsch");
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(describe(refused.error()).find("falsch"), std::string::npos);
}

TEST_F(ConnectionTest, a_killed_server_is_unavailable) {
  with_connection([this](Connection& connection) -> Task<void> {
    server.kill();
    auto asking = ask(connection, "SELECT 1");
    const auto answer = co_await std::move(asking);
    EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
    EXPECT_FALSE(connection.is_usable());
    auto opening = Connection::open(settings, soon());
    EXPECT_EQ((co_await std::move(opening)).error().code, ErrorCode::kUnavailable);
  });
}

TEST_F(ConnectionTest, a_transaction_without_commit_is_rolled_back) {
  with_connection([this](Connection& connection) -> Task<void> {
    auto making = connection.run_script("CREATE TABLE t (x int8)", soon());
    EXPECT_TRUE((co_await std::move(making)).has_value());
    {
      Transaction kept(connection);
      Batch insert;
      insert.add("INSERT INTO t VALUES (1)");
      auto committing = kept.commit(std::move(insert), soon());
      EXPECT_TRUE((co_await std::move(committing)).has_value());
      Transaction undone(connection);
      Batch more;
      more.add("INSERT INTO t VALUES (2)").add("SELECT count(*) FROM t");
      auto running = undone.run(std::move(more), soon());
      EXPECT_EQ((co_await std::move(running)).value()[1].get<int>(0, 0), 2);
      auto rolling = undone.rollback(soon());
      co_await std::move(rolling);
      EXPECT_TRUE(connection.is_usable());
      Transaction forgotten(connection);
      Batch last;
      last.add("INSERT INTO t VALUES (3)");
      auto running_last = forgotten.run(std::move(last), soon());
      EXPECT_TRUE((co_await std::move(running_last)).has_value());
    }
    EXPECT_FALSE(connection.is_usable());
    EXPECT_EQ(server.execute("test1", "SELECT count(*) FROM t"), "1");
  });
}

TEST_F(ConnectionTest, an_error_shows_no_password) {
  settings.url = "postgresql://u:geheim@[bad";
  auto opening = [this]() -> Task<Result<std::unique_ptr<Connection>>> {
    auto open = Connection::open(settings, soon());
    co_return co_await std::move(open);
  };
  const Error error = runner.run(opening).error();
  EXPECT_EQ(error.code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(describe(error).find("geheim"), std::string::npos);
}

TEST_F(ConnectionTest, a_host_that_hangs_does_not_keep_the_next_one_from_being_asked) {
  filmoteka::testing::PostgresServer other;
  const auto folder_of = [](const std::string& url) {
    return url.substr(url.find("host=") + 5);
  };
  const std::string folders = folder_of(settings.url) + "," + folder_of(other.create_database());
  settings.url = "postgresql:///test1?user=filmoteka&host=" + folders;
  server.pause();
  auto open = [this]() -> Task<Result<std::unique_ptr<Connection>>> {
    auto opening = Connection::open(settings, Deadline::after(2s));
    co_return co_await std::move(opening);
  };
  const Result<std::unique_ptr<Connection>> connection = runner.run(open);
  EXPECT_TRUE(connection.has_value()) << describe(connection.error());
}

}  // namespace
}  // namespace filmoteka::sql::postgres
