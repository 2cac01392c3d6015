/// What GET /movies may be asked for, understood and checked. Pure: no HTTP, no catalogue.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/sort_order.hpp>
#include <metadata/core/query/facet.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::metadata {

inline constexpr std::uint32_t kDefaultPerPage = 24;
inline constexpr std::uint32_t kMaxPerPage = 100;
inline constexpr std::uint32_t kMaxPage = 100'000'000;
inline constexpr std::size_t kMaxQueryLength = 200;  ///< characters of `q`
inline constexpr std::size_t kMaxGenres = 50;        ///< values of `genre`, and of `genre_not`

/// The order of a list. Films without the value come last either way, ties are in ascending order of id.
struct ListSort {
  bool by_relevance = false;  ///< then `order` is not used
  SortOrder order;
  bool operator==(const ListSort&) const = default;
};

/// Both ends inclusive; absent: open.
template <class T>
struct Range {
  std::optional<T> from;
  std::optional<T> to;
  bool is_open() const { return !from && !to; }
  bool operator==(const Range&) const = default;
};

/// Signs cursors, so that nobody can make one up: a secret that all replicas of one catalogue share. Cursors
/// of another key are refused. An empty key protects nothing.
struct CursorKey {
  std::string bytes;
};

/// A place in a list, from which it goes on whatever is inserted or deleted meanwhile.
struct Cursor {
  std::string text;        ///< as it stands in the request
  bool backwards = false;  ///< the page before the film; otherwise the one behind it
  /// The film's sort key: see Place.
  std::array<std::uint64_t, 3> keys{};
  std::string title_key;  ///< only by title
  domain::MovieId id = 0;
  bool operator==(const Cursor&) const = default;
};

struct ListQuery {
  std::string q;                        ///< trimmed; empty: no search
  std::vector<std::string> genres;      ///< any of these; sorted, without duplicates
  std::vector<std::string> genres_not;  ///< none of these; sorted, without duplicates
  std::optional<std::int32_t> year;
  Range<std::int32_t> years;  ///< `year_from`, `year_to`; holds in addition to `year`
  Range<domain::RatingTenths> rating;
  std::optional<std::int64_t> views_from;
  Range<std::int32_t> duration;  ///< seconds
  Range<Timestamp> added;
  std::optional<std::int32_t> age_rating_to;
  std::optional<std::string> source;
  std::optional<bool> has_image;
  bool include_inactive = false;
  bool explain = false;  ///< with `q`: say of each film by what it was found
  ListSort sort;         ///< default: -views
  std::uint32_t page = 1;
  std::uint32_t per_page = kDefaultPerPage;
  std::uint32_t fields = 0;      ///< bit i: api::summary_fields()[i]; 0: all
  bool count = true;             ///< false: `count=none`
  FacetSet facets = 0;           ///< wanted
  std::optional<Cursor> cursor;  ///< the page behind or before a film; `page` is then 1 and means nothing

  bool operator==(const ListQuery&) const = default;
};

/// Decoded name/value pairs in their order; the shape of http::QueryParameters.
using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// kInvalidArgument with one FieldError for everything that is wrong: unknown or repeated parameters,
/// malformed values, values out of range, ranges that are upside down, `relevance` without `q`.
/// An empty `q` is the same as none. Cursors must have been made with `key` for the same filters and sort.
Result<ListQuery> parse_list_query(const QueryPairs& parameters, const CursorKey& key = {});

/// The query string ("genre=Drama&page=2", without '?', percent-encoded) that parses into an equal ListQuery.
/// Canonical: equal queries give equal strings; what has its default value is left out. May be empty.
std::string to_query_string(const ListQuery& query);

}  // namespace filmoteka::metadata
