/// What GET /movies may be asked for, understood and checked. Pure: no HTTP, no catalogue.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/sort_order.hpp>

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
  ListSort sort;  ///< default: -views
  std::uint32_t page = 1;
  std::uint32_t per_page = kDefaultPerPage;
  std::uint32_t fields = 0;  ///< bit i: api::summary_fields()[i]; 0: all
  bool count = true;         ///< false: `count=none`

  bool operator==(const ListQuery&) const = default;
};

/// Decoded name/value pairs in their order; the shape of http::QueryParameters.
using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// kInvalidArgument with one FieldError for everything that is wrong: unknown or repeated parameters,
/// malformed values, values out of range, ranges that are upside down, `relevance` without `q`.
/// An empty `q` is the same as none.
Result<ListQuery> parse_list_query(const QueryPairs& parameters);

/// The query string ("genre=Drama&page=2", without '?', percent-encoded) that parses into an equal ListQuery.
/// Canonical: equal queries give equal strings; what has its default value is left out. May be empty.
std::string to_query_string(const ListQuery& query);

}  // namespace filmoteka::metadata
