/// What is asked for.
#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/postgres_calls.hpp>
#include <scraper/adapters/store/postgres_rows.hpp>
#include <scraper/adapters/store/row_json.hpp>

namespace filmoteka::scraper::postgres {

namespace pg = sql::postgres;
using tables::from_column;

namespace {

constexpr std::string_view kListed =
    " WHERE ($1 = '' OR source = $1) AND ($3 = 0 OR id < $3) AND ($2 = 0 OR ";
const std::string kRuns = "SELECT " + std::string(kRunColumns) + " FROM run" + std::string(kListed) +
                          "id = $2) ORDER BY id DESC LIMIT $4";
const std::string kRejects =
    "SELECT id, run, at, source, source_id, \"position\", stage, reasons, excerpt FROM reject" +
    std::string(kListed) + "run = $2) ORDER BY id DESC LIMIT $4";

pg::Parameters parameters_of(const ListQuery& query) {
  return pg::Parameters(storable(query.source), query.run, query.before, query.limit);
}

}  // namespace

Task<Result<std::vector<Run>>> runs(pg::Pool& pool, ListQuery query, Deadline deadline) {
  auto asking = ask(pool, kRuns, parameters_of(query), deadline);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  std::vector<Run> found;
  for (std::size_t row = 0; row < rows.size(); ++row) found.push_back(read_run(rows, row));
  co_return found;
}

Task<Result<std::vector<StoredReject>>> rejects(pg::Pool& pool, ListQuery query, Deadline deadline) {
  auto asking = ask(pool, kRejects, parameters_of(query), deadline);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  std::vector<StoredReject> found;
  for (std::size_t row = 0; row < rows.size(); ++row) found.push_back(read_reject(rows, row));
  co_return found;
}

Task<Result<std::optional<StoredPage>>> saved_page(pg::Pool& pool, std::string source, Deadline deadline) {
  pg::Parameters parameters(storable(source));
  auto asking = ask(pool,
                    "SELECT run, at, url, status, content_type, what, encode(body, 'hex') FROM saved_page "
                    "WHERE source = $1",
                    std::move(parameters), deadline);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  if (rows.empty()) co_return std::nullopt;
  StoredPage stored;
  stored.run = rows.get<RunId>(0, 0);
  stored.at = from_column(rows.get<std::int64_t>(0, 1));
  stored.page.url = rows.get<std::string>(0, 2);
  stored.page.status = rows.get<int>(0, 3);
  stored.page.content_type = rows.get<std::string>(0, 4);
  stored.page.what = rows.get<std::string>(0, 5);
  stored.page.body = from_hex(rows.get<std::string_view>(0, 6));
  co_return std::optional(std::move(stored));
}

Task<Result<std::vector<std::optional<domain::MovieFacts>>>> items(pg::Pool& pool, std::string definition,
                                                                   std::vector<std::string> sources,
                                                                   std::vector<std::string> source_ids,
                                                                   Deadline deadline) {
  pg::Parameters parameters(definition, sources, source_ids);
  auto asking = ask(pool,
                    "SELECT k.place, i.film FROM unnest($2, $3) WITH ORDINALITY AS k (source, source_id, "
                    "place) JOIN item i ON i.definition = $1 AND i.source = k.source "
                    "AND i.source_id = k.source_id",
                    std::move(parameters), deadline);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  std::vector<std::optional<domain::MovieFacts>> found(sources.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    FILMOTEKA_CO_TRY(auto film, film_from_json(rows.get<std::string_view>(row, 1)));
    found[rows.get<std::size_t>(row, 0) - 1] = std::move(film);
  }
  co_return found;
}

Task<Result<std::optional<UrlValidators>>> validators(pg::Pool& pool, std::string source, std::string url,
                                                      Deadline deadline) {
  pg::Parameters parameters(source, storable(url));
  auto asking = ask(pool,
                    "SELECT etag, last_modified FROM url_validator WHERE source = $1 AND md5(url) = md5($2) "
                    "AND url = $2",
                    std::move(parameters), deadline);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  if (rows.empty()) co_return std::nullopt;
  co_return std::optional(UrlValidators{url, rows.get<std::string>(0, 0), rows.get<std::string>(0, 1)});
}

Task<Result<Counted<std::vector<OutboxRow>>>> oldest(pg::Pool& pool, std::size_t limit, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  pg::Batch batch;
  batch.add("SELECT id, run, film FROM outbox ORDER BY id LIMIT $1", limit).add(kCountOutbox);
  auto asking = connection->run(batch, deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(asking));
  Counted<std::vector<OutboxRow>> found;
  found.outbox = rows[1].get<std::size_t>(0, 0);
  for (std::size_t row = 0; row < rows[0].size(); ++row) {
    FILMOTEKA_CO_TRY(auto film, film_from_json(rows[0].get<std::string_view>(row, 2)));
    found.value.push_back({rows[0].get<std::int64_t>(row, 0), rows[0].get<RunId>(row, 1), std::move(film)});
  }
  co_return found;
}

Task<Result<Counted<std::optional<Timestamp>>>> oldest_at(pg::Pool& pool, Deadline deadline) {
  auto asking = ask(pool, "SELECT (SELECT at FROM outbox ORDER BY id LIMIT 1), count(*) FROM outbox",
                    pg::Parameters(), deadline);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  co_return Counted<std::optional<Timestamp>>{from_column(rows.get<std::optional<std::int64_t>>(0, 0)),
                                              rows.get<std::size_t>(0, 1)};
}

}  // namespace filmoteka::scraper::postgres
