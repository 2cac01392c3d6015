/// What each source said last of each of its films.
#include <scraper/adapters/store/row_json.hpp>
#include <scraper/adapters/store/tables.hpp>

namespace filmoteka::scraper::tables {

Result<bool> put_item(sql::Database& database, const std::string& definition, const domain::MovieFacts& film,
                      std::string_view text, Sweep sweep) {
  bool is_known = false;
  {
    FILMOTEKA_TRY(auto rows,
                  database.prepare("SELECT film, gone FROM item WHERE definition = ?1 AND source = ?2 "
                                   "AND source_id = ?3"));
    FILMOTEKA_TRY(const bool found, rows.bind(definition, film.source, film.source_id).step());
    is_known = found && rows.get<std::string_view>(0) == text && !rows.get<bool>(1);
  }
  if (is_known) {
    FILMOTEKA_TRY(auto put,
                  database.prepare("UPDATE item SET seen_sweep = ?4, missing = 0 WHERE definition = ?1 "
                                   "AND source = ?2 AND source_id = ?3"));
    FILMOTEKA_CHECK(put.bind(definition, film.source, film.source_id, sweep).run());
    return false;
  }
  FILMOTEKA_TRY(auto put,
                database.prepare("INSERT OR REPLACE INTO item (definition, source, source_id, film, "
                                 "seen_sweep, missing, gone) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0)"));
  FILMOTEKA_CHECK(put.bind(definition, film.source, film.source_id, text, sweep).run());
  return true;
}

Result<std::optional<domain::MovieFacts>> item(sql::Database& database, const std::string& definition,
                                               const std::string& source, const std::string& source_id) {
  FILMOTEKA_TRY(auto rows, database.prepare("SELECT film FROM item WHERE definition = ?1 AND source = ?2 AND "
                                            "source_id = ?3"));
  FILMOTEKA_TRY(const bool found, rows.bind(definition, source, source_id).step());
  if (!found) return std::nullopt;
  FILMOTEKA_TRY(auto film, film_from_json(rows.get<std::string_view>(0)));
  return film;
}

Result<std::vector<domain::MovieFacts>> take_gone(sql::Database& database, const std::string& definition,
                                                  Sweep sweep, int gone_after) {
  FILMOTEKA_TRY(auto miss, database.prepare("UPDATE item SET missing = missing + 1 WHERE definition = ?1 AND "
                                            "seen_sweep < ?2 AND gone = 0"));
  FILMOTEKA_CHECK(miss.bind(definition, sweep).run());
  std::vector<domain::MovieFacts> gone;
  {
    FILMOTEKA_TRY(auto rows,
                  database.prepare("SELECT film FROM item WHERE definition = ?1 AND seen_sweep < ?2 "
                                   "AND gone = 0 AND missing >= ?3 ORDER BY source, source_id"));
    rows.bind(definition, sweep, gone_after);
    while (true) {
      FILMOTEKA_TRY(const bool more, rows.step());
      if (!more) break;
      FILMOTEKA_TRY(auto film, film_from_json(rows.get<std::string_view>(0)));
      gone.push_back(std::move(film));
    }
  }
  FILMOTEKA_TRY(auto mark,
                database.prepare("UPDATE item SET gone = 1 WHERE definition = ?1 AND seen_sweep < ?2 "
                                 "AND gone = 0 AND missing >= ?3"));
  FILMOTEKA_CHECK(mark.bind(definition, sweep, gone_after).run());
  return gone;
}

}  // namespace filmoteka::scraper::tables
