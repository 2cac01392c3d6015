#include <filmoteka/commands/backup/sqlite_part.hpp>
#include <filmoteka/sql/database.hpp>

#include <array>
#include <cerrno>

namespace filmoteka::app {
namespace {

namespace fs = std::filesystem;

constexpr std::array kSuffixes = {"-wal", "-shm", ""};  // the log goes first: it belongs to no other file

Result<std::int64_t> number(sql::Database& database, std::string_view query) {
  FILMOTEKA_TRY(sql::Statement statement, database.prepare(query));
  FILMOTEKA_CHECK(statement.step());
  return statement.get<std::int64_t>(0);
}

}  // namespace

Result<PartState> state_of_sqlite(const fs::path& file, const std::string& service) {
  FILMOTEKA_TRY(sql::Database database, sql::Database::open(file, {.read_only = true, .immutable = true}));
  FILMOTEKA_TRY(const std::int64_t version, number(database, "SELECT max(version) FROM schema_migrations"));
  PartState state;
  state.schemas[service] = static_cast<int>(version);
  if (service == "metadata") {
    CatalogueState catalogue;
    FILMOTEKA_TRY(catalogue.films, number(database, "SELECT count(*) FROM movies"));
    FILMOTEKA_TRY(catalogue.revision, number(database, "SELECT revision FROM catalogue"));
    state.catalogue = catalogue;
  }
  return state;
}

Result<std::int64_t> count_sqlite_films(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return 0;
  FILMOTEKA_TRY(sql::Database database,
                sql::Database::open(file, {.read_only = true, .immutable = !has_log(file)}));
  FILMOTEKA_TRY(
      const std::int64_t tables,
      number(database, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'movies'"));
  if (tables == 0) return 0;
  return number(database, "SELECT count(*) FROM movies");
}

Result<bool> move_aside(const fs::path& database, const fs::path& folder) {
  bool moved = false;
  for (const char* suffix : kSuffixes) {
    const fs::path from = database.string() + suffix;
    std::error_code error;
    if (!fs::exists(from, error)) continue;
    fs::create_directories(folder, error);
    if (!error) fs::rename(from, folder / from.filename(), error);
    if (error) return file_error(from, error.value());
    moved = true;
  }
  if (moved) FILMOTEKA_CHECK(sync_path(folder));
  return moved;
}

bool has_log(const fs::path& database) {
  std::error_code error;
  return fs::exists(database.string() + "-wal", error);
}

}  // namespace filmoteka::app
