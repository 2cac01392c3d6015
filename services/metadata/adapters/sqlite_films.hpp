/// Films as rows of the SQLite tables `movies`, `source_records` and `local_views`, both ways. Blocking; used
/// on the store's own threads.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>
#include <filmoteka/sql/database.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// The columns that read_film() expects, in its order, for a SELECT from movies.
extern const std::string_view kFilmColumns;

/// A film as its row has it: the records are still to be read when there are any.
struct FilmOfRow {
  domain::Movie movie;
  bool has_records = false;
};

/// The film of the statement's current row. kCorrupt: a list in it is none.
Result<FilmOfRow> read_film(const sql::Statement& row);

/// Reads the records of the films, which are in ascending order of id; those without any stay as they are.
Result<std::vector<domain::Movie>> with_records(sql::Database& database, std::vector<FilmOfRow> films);
Result<domain::Movie> with_records(sql::Database& database, FilmOfRow film);

/// Writes films inside a transaction that the caller holds. Its statements are prepared once.
class FilmWriter {
 public:
  static Result<FilmWriter> make(sql::Database& database);

  Result<void> insert(const domain::Movie& movie) { return write(insert_, movie); }
  /// Everything but id and local_views.
  Result<void> update(const domain::Movie& movie) { return write(update_, movie); }
  /// The film has none now.
  Result<void> insert_records(const domain::Movie& movie);
  Result<void> delete_records(domain::MovieId id);

 private:
  FilmWriter(sql::Statement insert, sql::Statement update, sql::Statement insert_record,
             sql::Statement delete_records);
  static Result<void> write(sql::Statement& statement, const domain::Movie& movie);

  sql::Statement insert_;
  sql::Statement update_;
  sql::Statement insert_record_;
  sql::Statement delete_records_;
};

}  // namespace filmoteka::metadata
