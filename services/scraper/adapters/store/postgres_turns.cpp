#include <filmoteka/async/runtime.hpp>

#include <scraper/adapters/store/postgres_calls.hpp>
#include <scraper/adapters/store/postgres_turns.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::scraper {

namespace pg = sql::postgres;
using Milliseconds = std::chrono::milliseconds;

namespace {

/// No row: somebody has it, or the host rests.
constexpr std::string_view kTake =
    "INSERT INTO host_turn AS t (origin, holder, held_until, ready_at) "
    "VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond', clock_timestamp()) "
    "ON CONFLICT (origin) DO UPDATE SET holder = $2, held_until = excluded.held_until "
    "WHERE t.held_until <= clock_timestamp() AND t.ready_at <= clock_timestamp() RETURNING true";
constexpr std::string_view kAskWhen =
    "SELECT ceil(extract(epoch FROM ready_at - clock_timestamp()) * 1000)::bigint, "
    "held_until > clock_timestamp() FROM host_turn WHERE origin = $1";
constexpr std::string_view kGiveBack =
    "UPDATE host_turn SET held_until = '-infinity', "
    "ready_at = clock_timestamp() + $3 * interval '1 millisecond' WHERE origin = $1 AND holder = $2";

Task<Result<Milliseconds>> take_turn(pg::Pool& pool, std::string origin, PostgresTurnSettings settings) {
  const auto deadline = Deadline::after(settings.deadline);
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  pg::Parameters parameters(origin, settings.holder, settings.hold.count());
  auto taking = connection->query(deadline, kTake, std::move(parameters));
  FILMOTEKA_CO_TRY(const pg::Rows taken, co_await std::move(taking));
  if (!taken.empty()) co_return Milliseconds(0);
  pg::Parameters of_origin(origin);
  auto asking = connection->query(deadline, kAskWhen, std::move(of_origin));
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  Milliseconds wait(1);  // free since
  if (!rows.empty()) wait = std::max(wait, Milliseconds(rows.get<std::int64_t>(0, 0)));
  if (!rows.empty() && rows.get<bool>(0, 1)) wait = std::max(wait, settings.look_again);
  co_return wait;
}

Task<Result<void>> give_turn_back(pg::Pool& pool, std::string origin, std::string holder, Milliseconds rest,
                                  Deadline deadline) {
  pg::Parameters parameters(origin, holder, rest.count());
  auto giving = postgres::ask(pool, kGiveBack, std::move(parameters), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(giving));
  co_return Result<void>{};
}

}  // namespace

PostgresTurns::PostgresTurns(Executor executor, pg::Pool& pool, PostgresTurnSettings settings)
    : executor_(executor), pool_(pool), settings_(std::move(settings)) {}

Task<Result<Milliseconds>> PostgresTurns::take(std::string origin) {
  return run_on(executor_, take_turn(pool_, std::move(origin), settings_));
}

Task<Result<void>> PostgresTurns::give_back(std::string origin, Milliseconds rest) {
  return run_on(executor_, give_turn_back(pool_, std::move(origin), settings_.holder, rest,
                                          Deadline::after(settings_.deadline)));
}

}  // namespace filmoteka::scraper
