/// The outbox and the quarantine.
#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/row_json.hpp>
#include <scraper/adapters/store/tables.hpp>

#include <array>

namespace filmoteka::scraper::tables {

namespace {

Stage stage_from(std::string_view text) {
  constexpr std::array kStages = {Stage::kExtract, Stage::kSelect, Stage::kNormalise, Stage::kValidate,
                                  Stage::kDeduplicate};
  for (const auto stage : kStages)
    if (to_string(stage) == text) return stage;
  return Stage::kExtract;
}

}  // namespace

Result<void> add_film(sql::Database& database, RunId run, std::string_view film, Timestamp now) {
  FILMOTEKA_TRY(auto add, database.prepare("INSERT INTO outbox (run, film, at) VALUES (?1, ?2, ?3)"));
  return add.bind(run, film, to_column(now)).run();
}

Result<std::vector<OutboxRow>> oldest_films(sql::Database& database, std::size_t limit) {
  FILMOTEKA_TRY(auto rows, database.prepare("SELECT id, run, film FROM outbox ORDER BY id LIMIT ?1"));
  rows.bind(limit);
  std::vector<OutboxRow> found;
  while (true) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return found;
    FILMOTEKA_TRY(auto film, film_from_json(rows.get<std::string_view>(2)));
    found.push_back({rows.get<std::int64_t>(0), rows.get<RunId>(1), std::move(film)});
  }
}

Result<std::optional<Timestamp>> oldest_at(sql::Database& database) {
  FILMOTEKA_TRY(auto rows, database.prepare("SELECT at FROM outbox ORDER BY id LIMIT 1"));
  FILMOTEKA_TRY(const bool found, rows.step());
  if (!found) return std::nullopt;
  return from_column(rows.get<std::int64_t>(0));
}

Result<void> drop_film(sql::Database& database, std::int64_t row) {
  FILMOTEKA_TRY(auto drop, database.prepare("DELETE FROM outbox WHERE id = ?1"));
  return drop.bind(row).run();
}

Result<std::size_t> count_films(sql::Database& database) {
  FILMOTEKA_TRY(auto rows, database.prepare("SELECT count(*) FROM outbox"));
  FILMOTEKA_CHECK(rows.step());
  return rows.get<std::size_t>(0);
}

Result<void> add_reject(sql::Database& database, RunId run, const Reject& reject, Timestamp now) {
  FILMOTEKA_TRY(auto add,
                database.prepare("INSERT INTO reject (run, at, source, source_id, position, stage, reasons, "
                                 "excerpt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  const auto reasons = reasons_to_json(reject.reasons);
  return add
      .bind(run, to_column(now), reject.source, reject.source_id, reject.position, to_string(reject.stage),
            reasons, reject.excerpt)
      .run();
}

Result<void> drop_old_rejects(sql::Database& database, std::size_t kept) {
  FILMOTEKA_TRY(auto drop,
                database.prepare("DELETE FROM reject WHERE id <= (SELECT max(id) FROM reject) - ?1"));
  return drop.bind(kept).run();
}

Result<std::vector<StoredReject>> rejects(sql::Database& database, const ListQuery& query) {
  FILMOTEKA_TRY(
      auto rows,
      database.prepare("SELECT id, run, at, source, source_id, position, stage, reasons, excerpt FROM reject "
                       "WHERE (?1 = '' OR source = ?1) AND (?2 = 0 OR run = ?2) AND (?3 = 0 OR id < ?3) "
                       "ORDER BY id DESC LIMIT ?4"));
  rows.bind(query.source, query.run, query.before, query.limit);
  std::vector<StoredReject> found;
  while (true) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return found;
    StoredReject stored;
    stored.id = rows.get<std::int64_t>(0);
    stored.run = rows.get<RunId>(1);
    stored.at = from_column(rows.get<std::int64_t>(2));
    stored.reject.source = rows.get<std::string>(3);
    stored.reject.source_id = rows.get<std::string>(4);
    stored.reject.position = rows.get<std::string>(5);
    stored.reject.stage = stage_from(rows.get<std::string_view>(6));
    stored.reject.reasons = reasons_from_json(rows.get<std::string_view>(7));
    stored.reject.excerpt = rows.get<std::string>(8);
    found.push_back(std::move(stored));
  }
}

}  // namespace filmoteka::scraper::tables
