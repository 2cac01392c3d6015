/// Who may run a source.
#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/tables.hpp>

namespace filmoteka::scraper::tables {

Result<Lease> take_lease(sql::Database& database, const std::string& source, const std::string& owner,
                         Timestamp now, std::chrono::milliseconds lifetime) {
  std::int64_t last_token = 0;
  {
    FILMOTEKA_TRY(auto rows,
                  database.prepare("SELECT owner, token, expires_at FROM lease WHERE source = ?1"));
    FILMOTEKA_TRY(const bool found, rows.bind(source).step());
    if (found) {
      const bool is_held = !rows.get<std::string_view>(0).empty();
      if (is_held && from_column(rows.get<std::int64_t>(2)) > now)
        return Error{ErrorCode::kConflict, "'" + source + "' is under way already.", {}, {}};
      last_token = rows.get<std::int64_t>(1);
    }
  }
  FILMOTEKA_TRY(auto put, database.prepare("INSERT OR REPLACE INTO lease (source, owner, token, expires_at) "
                                           "VALUES (?1, ?2, ?3, ?4)"));
  FILMOTEKA_CHECK(put.bind(source, owner, last_token + 1, to_column(now + lifetime)).run());
  return Lease{source, last_token + 1};
}

Result<void> check_lease(sql::Database& database, const Lease& lease) {
  FILMOTEKA_TRY(auto rows,
                database.prepare("SELECT 1 FROM lease WHERE source = ?1 AND token = ?2 AND owner <> ''"));
  FILMOTEKA_TRY(const bool found, rows.bind(lease.source, lease.token).step());
  if (found) return {};
  return Error{
      ErrorCode::kConflict, "Somebody else has taken over '" + lease.source + "' meanwhile.", {}, {}};
}

Result<void> put_expiry(sql::Database& database, const Lease& lease, Timestamp expires_at) {
  FILMOTEKA_CHECK(check_lease(database, lease));
  FILMOTEKA_TRY(auto put, database.prepare("UPDATE lease SET expires_at = ?2 WHERE source = ?1"));
  return put.bind(lease.source, to_column(expires_at)).run();
}

Result<void> free_lease(sql::Database& database, const Lease& lease) {
  FILMOTEKA_TRY(auto put, database.prepare("UPDATE lease SET owner = '' WHERE source = ?1 AND token = ?2"));
  return put.bind(lease.source, lease.token).run();
}

Result<void> free_all_leases(sql::Database& database) {
  return database.execute("UPDATE lease SET owner = ''");
}

}  // namespace filmoteka::scraper::tables
