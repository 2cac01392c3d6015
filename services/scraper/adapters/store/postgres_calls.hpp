/// The calls of the scraper's PostgreSQL store, each a coroutine on the pool's executor. What they promise is
/// said in core/run/store.hpp.
#pragma once

#include <filmoteka/base/deadline.hpp>
#include <filmoteka/sql/postgres/pool.hpp>

#include <scraper/core/run/store.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper::postgres {

/// With the number of rows in the outbox after it.
template <class T>
struct Counted {
  T value;
  std::size_t outbox = 0;
};

/// How much is kept.
struct Limits {
  std::size_t rejects;
  std::size_t runs;
  std::size_t validators;  ///< of one source
};

inline constexpr std::string_view kCountOutbox = "SELECT count(*) FROM outbox";

// Sources and leases: postgres_leases.cpp
Task<Result<std::vector<SourceState>>> states(sql::postgres::Pool& pool, Deadline deadline);
/// Without `paused` that stays as it is.
Task<Result<void>> put_plan(sql::postgres::Pool& pool, std::string source, std::optional<bool> paused,
                            std::optional<Timestamp> next_run_at, Deadline deadline);
Task<Result<Claimed>> claim(sql::postgres::Pool& pool, std::string source, std::string owner,
                            std::chrono::milliseconds lifetime, Timestamp now, Deadline deadline);
Task<Result<void>> renew(sql::postgres::Pool& pool, scraper::Lease lease, std::chrono::milliseconds lifetime,
                         Deadline deadline);
Task<Result<void>> release(sql::postgres::Pool& pool, scraper::Lease lease, Deadline deadline);
/// Begins the transaction of a holder: a batch whose first statement locks the lease's row, so that nobody
/// takes it over before the transaction has ended.
sql::postgres::Batch fenced(const scraper::Lease& lease);
/// By the first rows that fenced() returned. kConflict: somebody else has taken it.
Result<void> is_held(const sql::postgres::Rows& rows, const scraper::Lease& lease);

// What runs write: postgres_writes.cpp
Task<Result<RunId>> begin_run(sql::postgres::Pool& pool, scraper::Lease lease, Trigger trigger, Sweep sweep,
                              Timestamp now, Deadline deadline);
Task<Result<Counted<Committed>>> commit_page(sql::postgres::Pool& pool, Page page, Limits limits,
                                             Timestamp now, Deadline deadline);
Task<Result<Counted<std::uint64_t>>> end_run(sql::postgres::Pool& pool, Ending ending, Limits limits,
                                             Timestamp now, Deadline deadline);
/// The number of rows left.
Task<Result<std::size_t>> acknowledge(sql::postgres::Pool& pool, scraper::Lease lease,
                                      std::vector<Delivery> deliveries, Limits limits, Timestamp now,
                                      Deadline deadline);

// What is asked for: postgres_reads.cpp
Task<Result<std::vector<Run>>> runs(sql::postgres::Pool& pool, ListQuery query, Deadline deadline);
Task<Result<std::vector<StoredReject>>> rejects(sql::postgres::Pool& pool, ListQuery query,
                                                Deadline deadline);
Task<Result<std::optional<StoredPage>>> saved_page(sql::postgres::Pool& pool, std::string source,
                                                   Deadline deadline);
/// The films of a definition as they were said last, each at its key's place.
Task<Result<std::vector<std::optional<domain::MovieFacts>>>> items(sql::postgres::Pool& pool,
                                                                   std::string definition,
                                                                   std::vector<std::string> sources,
                                                                   std::vector<std::string> source_ids,
                                                                   Deadline deadline);
Task<Result<std::optional<UrlValidators>>> validators(sql::postgres::Pool& pool, std::string source,
                                                      std::string url, Deadline deadline);
Task<Result<Counted<std::vector<OutboxRow>>>> oldest(sql::postgres::Pool& pool, std::size_t limit,
                                                     Deadline deadline);
Task<Result<Counted<std::optional<Timestamp>>>> oldest_at(sql::postgres::Pool& pool, Deadline deadline);

/// One statement on a connection of the pool.
Task<Result<sql::postgres::Rows>> ask(sql::postgres::Pool& pool, std::string_view sql,
                                      sql::postgres::Parameters parameters, Deadline deadline);

}  // namespace filmoteka::scraper::postgres
