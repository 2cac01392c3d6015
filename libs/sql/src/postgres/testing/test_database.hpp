/// A real database of a test, and coroutines on it.
#pragma once

#include <filmoteka/sql/postgres/connection.hpp>
#include <filmoteka/sql/postgres/pool.hpp>
#include <filmoteka/testing/postgres_server.hpp>
#include <filmoteka/testing/run.hpp>

#include <gtest/gtest.h>

#include <functional>

namespace filmoteka::sql::postgres {

struct DatabaseTest : ::testing::Test {
  filmoteka::testing::PostgresServer server;
  ConnectSettings settings{.url = server.create_database()};
  filmoteka::testing::Runner runner;

  static Deadline soon() { return Deadline::after(std::chrono::seconds(20)); }

  /// Runs `test` on a connection of its own.
  void with_connection(std::function<Task<void>(Connection&)> test) {
    auto whole = [this, &test] {
      return on_connection(settings, test);
    };
    runner.run(whole);
  }
  /// Runs `test` on a pool of its own.
  void with_pool(std::size_t connections, std::function<Task<void>(Pool&)> test) {
    PoolSettings pool_settings;
    pool_settings.connect = settings;
    pool_settings.max_connections = connections;
    auto whole = [&pool_settings, &test] {
      return on_pool(pool_settings, test);
    };
    runner.run(whole);
  }

 private:
  static Task<void> on_connection(const ConnectSettings& settings,
                                  const std::function<Task<void>(Connection&)>& test) {
    auto opening = Connection::open(settings, soon());
    Result<std::unique_ptr<Connection>> connection = co_await std::move(opening);
    auto running = test(*connection.value());
    co_await std::move(running);
  }
  static Task<void> on_pool(const PoolSettings& settings, const std::function<Task<void>(Pool&)>& test) {
    Pool pool(co_await asio::this_coro::executor, settings);
    auto running = test(pool);
    co_await std::move(running);
  }
};

inline Task<Result<Rows>> ask(Connection& connection, std::string_view sql,
                              Parameters parameters = Parameters()) {
  auto asking = connection.query(DatabaseTest::soon(), sql, std::move(parameters));
  co_return co_await std::move(asking);
}

}  // namespace filmoteka::sql::postgres
