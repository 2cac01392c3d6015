#include "pool_step.hpp"
#include "postgres_error.hpp"
#include "testing/test_database.hpp"

#include <filmoteka/async/both.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/base/clock.hpp>

namespace filmoteka::sql::postgres {
namespace {

using namespace std::chrono_literals;

TEST(PoolStep, takes_before_it_connects_before_it_waits) {
  const FakeClock clock;
  const Backoff fine({});
  EXPECT_EQ(next_step({1, 1, 0}, 2, fine, clock.steady_now()), PoolStep::kTake);
  EXPECT_EQ(next_step({0, 1, 0}, 2, fine, clock.steady_now()), PoolStep::kConnect);
  EXPECT_EQ(next_step({0, 1, 1}, 2, fine, clock.steady_now()), PoolStep::kWait);
}

TEST(PoolStep, after_a_failure_one_attempt_at_a_time_with_growing_pauses) {
  FakeClock clock;
  Backoff backoff({100ms, 1s});
  backoff.failed(clock.steady_now(), 0.0);
  EXPECT_EQ(next_step({}, 2, backoff, clock.steady_now()), PoolStep::kPause);
  clock.advance(50ms);
  EXPECT_EQ(next_step({}, 2, backoff, clock.steady_now()), PoolStep::kConnect);
  EXPECT_EQ(next_step({0, 0, 1}, 2, backoff, clock.steady_now()), PoolStep::kWait);
  backoff.failed(clock.steady_now(), 1.0);
  EXPECT_EQ(backoff.next_attempt() - clock.steady_now(), 200ms);
  for (int i = 0; i < 100; ++i) backoff.failed(clock.steady_now(), 1.0);
  EXPECT_EQ(backoff.next_attempt() - clock.steady_now(), 1s);
  backoff.succeeded();
  EXPECT_EQ(next_step({}, 2, backoff, clock.steady_now()), PoolStep::kConnect);
}

TEST(PostgresError, says_what_may_be_tried_again) {
  for (const char* state :
       {"", "08006", "57P01", "53300", "40001", "40P01", "55P03", "57014", "25006", "28P01"}) {
    EXPECT_EQ(error_of_state(state, "d").code, ErrorCode::kUnavailable) << state;
  }
  EXPECT_EQ(error_of_state("23514", "d").code, ErrorCode::kConflict);
  EXPECT_EQ(error_of_state("XX001", "d").code, ErrorCode::kCorrupt);
  EXPECT_EQ(error_of_state("42601", "d").code, ErrorCode::kInternal);
  EXPECT_EQ(error_of_state("42601", "secret").message.find("secret"), std::string::npos);
}

using PoolTest = DatabaseTest;

Task<Result<Rows>> ask_pool(Pool& pool, std::string_view sql) {
  auto acquiring = pool.acquire(DatabaseTest::soon());
  FILMOTEKA_CO_TRY(const Lease lease, co_await std::move(acquiring));
  auto asking = ask(*lease, sql);
  co_return co_await std::move(asking);
}

TEST_F(PoolTest, one_connection_serves_many_in_their_order) {
  with_pool(1, [](Pool& pool) -> Task<void> {
    auto acquiring = pool.acquire(soon());
    std::optional<Lease> held((co_await std::move(acquiring)).value());
    auto refused = pool.acquire(Deadline::after(50ms));
    EXPECT_EQ((co_await std::move(refused)).error().code, ErrorCode::kUnavailable);
    std::vector<int> order;
    TaskGroup group(co_await asio::this_coro::executor);
    auto use = [](Pool& from, std::vector<int>& out, int number) -> Task<void> {
      auto asking = ask_pool(from, "SELECT 1");
      EXPECT_TRUE((co_await std::move(asking)).has_value());
      out.push_back(number);
    };
    for (int i = 0; i < 5; ++i) group.spawn(use(pool, order, i));
    held.reset();
    co_await group.join();
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
    EXPECT_EQ(pool.figures().connects, 1U);
    EXPECT_EQ(pool.figures().waiting, 0U);
    EXPECT_EQ(pool.figures().idle, 1U);
  });
}

TEST_F(PoolTest, comes_back_after_the_server_was_killed_and_prepares_anew) {
  with_pool(2, [this](Pool& pool) -> Task<void> {
    for (int round = 0; round < 3; ++round) {
      auto asking = ask_pool(pool, "SELECT 1");
      const auto answer = co_await std::move(asking);
      EXPECT_TRUE(answer.has_value()) << describe(answer.has_error() ? answer.error() : Error());
      server.restart();
    }
    EXPECT_EQ(pool.figures().connects, 3U);
  });
}

TEST_F(PoolTest, waits_for_a_server_that_comes_back_and_says_when_it_does_not) {
  with_pool(2, [this](Pool& pool) -> Task<void> {
    server.kill();
    auto failing = pool.acquire(Deadline::after(300ms));
    EXPECT_EQ((co_await std::move(failing)).error().code, ErrorCode::kUnavailable);
    EXPECT_FALSE(pool.is_reachable());
    EXPECT_GT(pool.figures().connect_failures, 1U);
    server.start();
    auto coming_back = pool.acquire(soon(), 60s);
    EXPECT_TRUE((co_await std::move(coming_back)).has_value());
    EXPECT_TRUE(pool.is_reachable());
  });
}

TEST_F(PoolTest, an_outage_is_no_hang) {
  with_pool(2, [this](Pool& pool) -> Task<void> {
    server.kill();
    auto failing = pool.acquire(Deadline::after(10min), 50ms);
    EXPECT_EQ((co_await std::move(failing)).error().code, ErrorCode::kUnavailable);
    auto at_once = pool.acquire(Deadline::after(10min), 50ms);
    EXPECT_EQ((co_await std::move(at_once)).error().code, ErrorCode::kUnavailable);
    server.start();
  });
}

TEST_F(PoolTest, a_connection_in_a_transaction_is_not_handed_on) {
  with_pool(1, [](Pool& pool) -> Task<void> {
    auto beginning = ask_pool(pool, "BEGIN");
    EXPECT_TRUE((co_await std::move(beginning)).has_value());
    auto asking = ask_pool(pool, "SELECT now() = statement_timestamp()");
    EXPECT_TRUE((co_await std::move(asking)).has_value());
    EXPECT_EQ(pool.figures().connects, 2U);
  });
}

}  // namespace
}  // namespace filmoteka::sql::postgres
