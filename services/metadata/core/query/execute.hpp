/// Answers of the catalogue: pages of films, one film, the genres. Pure functions of a snapshot, made to run
/// on an I/O thread: no locks, no waiting.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/list_query.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

struct ListResult {
  std::string body;                    ///< MoviePage of the contract, compact JSON
  std::optional<std::uint64_t> total;  ///< exact; absent with count=none
  std::optional<std::uint64_t> pages;
  bool has_next = false;                   ///< known with count=none too
  std::optional<std::string> next_cursor;  ///< of the pages beside this one; absent at the ends
  std::optional<std::string> prev_cursor;
  domain::Revision revision = 0;  ///< of the snapshot
};

/// `key` signs the cursors of the page: the one that parse_list_query() gets.
ListResult list_movies(const Snapshot& snapshot, const ListQuery& query, const CursorKey& key = {});

/// A target of the Link header: `relation` is "first", "prev", "next" or "last"; `query` goes behind '?' and
/// may be empty. "last" is there only if the total is known, and not beside a cursor. Pages that were asked
/// for by cursor lead on by cursors.
struct PageLink {
  std::string_view relation;
  std::string query;
};
std::vector<PageLink> page_links(const ListQuery& query, const ListResult& result);

/// A film in a snapshot, and good as long as that is: the JSON without details where only summaries are kept.
struct LocatedFilm {
  FilmJson json;
  domain::Revision revision = 0;
};
/// nullopt: there is no such film, or it is inactive and `include_inactive` is false.
std::optional<LocatedFilm> locate_film(const Snapshot& snapshot, domain::MovieId id, bool include_inactive);

struct FoundMovie {
  std::string body;  ///< Movie of the contract, compact JSON
  domain::Revision revision = 0;
  std::int64_t views = 0;  ///< as in the body
};
/// `film` must have its details.
FoundMovie full_movie(const LocatedFilm& film);
/// Like locate_film(); where whole films are kept.
std::optional<FoundMovie> find_movie(const Snapshot& snapshot, domain::MovieId id, bool include_inactive);

/// `{"items":[…]}`: summaries of at most `limit` active films that are like this one (similar.hpp says how
/// that is judged); nullopt if there is no such active film. `include_inactive`: of and among inactive films
/// too.
std::optional<std::string> similar_movies(const Snapshot& snapshot, domain::MovieId id, std::size_t limit,
                                          bool include_inactive = false);

struct SuggestQuery {
  std::string q;
  std::size_t limit = 0;
  bool include_inactive = false;
};
/// Suggestions of the contract: the films that answer best, as one types.
std::string suggest_movies(const Snapshot& snapshot, const SuggestQuery& asked);

/// GenreList of the contract: every genre of an active film, with the number of active films, most first.
std::string genres_json(const Snapshot& snapshot);
/// The same with inactive films.
std::string all_genres_json(const Snapshot& snapshot);

}  // namespace filmoteka::metadata
