/// Films as rows of the table `movies`, both ways. Blocking; used on the store's own threads.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>
#include <filmoteka/sql/database.hpp>

#include <string>
#include <string_view>

namespace filmoteka::metadata {

/// The columns that read_movie() expects, in its order, for a SELECT.
extern const std::string_view kMovieColumns;

/// The film of the statement's current row. kCorrupt: a list in it is no JSON array of texts.
Result<domain::Movie> read_movie(const sql::Statement& row);

/// Writes films inside a transaction that the caller holds.
class MovieWriter {
 public:
  explicit MovieWriter(sql::Database& database) : database_(&database) {}

  /// The film with that key; id 0 if there is none.
  Result<domain::Movie> find(std::string_view source, std::string_view source_id);
  /// Stores a new film and sets its id.
  Result<void> insert(domain::Movie& movie);
  /// Stores all but the id, the key, `added_at` and `local_views`.
  Result<void> update(const domain::Movie& movie);

 private:
  sql::Database* database_;
};

}  // namespace filmoteka::metadata
