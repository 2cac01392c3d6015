#include "sql_questions.hpp"

#include <array>

namespace filmoteka::bench {
namespace {

using metadata::SortKey;

constexpr const char* kSummary =
    "id, title, original_title, year, image_url, thumbnail_url, views, added_at, source, source_id, "
    "source_url, "
    "duration_seconds, genres, rating, age_rating, is_active, updated_at, revision";

std::string order_of(SortKey key) {
  switch (key) {
    case SortKey::kViews:
      return "views DESC, id DESC";
    case SortKey::kRating:
      return "rating DESC NULLS LAST, id DESC";
    case SortKey::kYear:
      return "year DESC NULLS LAST, id DESC";
    case SortKey::kAddedAt:
      return "added_at DESC, id DESC";
    case SortKey::kTitle:
      return "title, id";
    case SortKey::kDuration:
      break;
  }
  return "duration_seconds, id";
}

/// The filters of a request as conditions with parameters.
struct Filters {
  std::string genre = "true";
  std::string years = "true";
  std::string rating = "true";
  std::vector<std::string> parameters;

  Filters(const Ask& ask, SqlTable& table) {
    if (ask.genre) genre = "genres @> ARRAY[" + next(std::to_string(table.genre(*ask.genre))) + "::smallint]";
    std::vector<std::string> ends;
    if (ask.year_from) ends.push_back("year >= " + next(std::to_string(*ask.year_from)) + "::smallint");
    if (ask.year_to) ends.push_back("year <= " + next(std::to_string(*ask.year_to)) + "::smallint");
    if (!ends.empty()) years = ends.size() == 1 ? ends[0] : ends[0] + " AND " + ends[1];
    if (ask.rating_from) rating = "rating >= " + next(std::to_string(*ask.rating_from)) + "::smallint";
  }
  std::string next(std::string value) {
    parameters.push_back(std::move(value));
    return "$" + std::to_string(parameters.size());
  }
  std::string all() const { return "is_active AND " + genre + " AND " + years + " AND " + rating; }
};

/// A statement may leave parameters of the request out: they are numbered anew.
Statement with_used(std::string text, const std::vector<std::string>& parameters) {
  Statement statement;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const std::string old = "$" + std::to_string(i + 1);
    std::size_t at = text.find(old);
    if (at == std::string::npos) continue;
    statement.parameters.push_back(parameters[i]);
    const std::string renumbered = "$" + std::to_string(statement.parameters.size());
    for (; at != std::string::npos; at = text.find(old, at + renumbered.size())) {
      text.replace(at, old.size(), renumbered);
    }
  }
  statement.text = std::move(text);
  return statement;
}

Statement page(const Ask& ask, Filters filters, const Place& place) {
  const std::string order = order_of(ask.sort.key);
  const std::string limit = " LIMIT " + std::to_string(kPageSize);
  if (ask.by_cursor) {
    return {"SELECT " + std::string(kSummary) +
                " FROM movies WHERE is_active AND (views, id) < ($1::bigint, $2::bigint) ORDER BY " + order +
                limit,
            {place.views, place.id}};
  }
  if (ask.page == 1) {
    return with_used("SELECT " + std::string(kSummary) + " FROM movies WHERE " + filters.all() +
                         " ORDER BY " + order + limit,
                     filters.parameters);
  }
  // The films in front are only counted off in the index.
  const std::string offset = filters.next(std::to_string((ask.page - 1) * kPageSize));
  return with_used("SELECT " + std::string(kSummary) + " FROM movies JOIN (SELECT id FROM movies WHERE " +
                       filters.all() + " ORDER BY " + order + limit + " OFFSET " + offset +
                       "::bigint) page USING (id) ORDER BY " + order,
                   filters.parameters);
}

// least() passes over nulls: a film without the value has no band.
constexpr const char* kDurationBand =
    "CASE WHEN duration_seconds IS NOT NULL THEN least(duration_seconds / 1800, 5) END";
constexpr const char* kRatingBand = "CASE WHEN rating IS NOT NULL THEN least(rating / 10, 9) END";

std::vector<Statement> pipelined_facets(const Filters& filters) {
  const std::string from = " FROM movies WHERE is_active AND ";
  const std::string genre_rows = from + filters.years + " AND " + filters.rating;
  const std::string year_rows = from + filters.genre + " AND " + filters.rating;
  const std::string rating_rows = from + filters.genre + " AND " + filters.years;
  const std::string duration = kDurationBand;
  const std::string rating = kRatingBand;
  const auto with = [&](const std::string& text) {
    return with_used(text, filters.parameters);
  };
  return {with("SELECT count(*), grouping(source, age_rating, " + duration + "), source, age_rating, " +
               duration + " FROM movies WHERE " + filters.all() +
               " GROUP BY GROUPING SETS ((), (source), (age_rating), (" + duration +
               ")) ORDER BY grouping(source, age_rating, " + duration + ") DESC"),
          with("SELECT genre, count(*) FROM (SELECT unnest(genres) AS genre" + genre_rows +
               ") films GROUP BY genre"),
          with("SELECT grouping(year), year, year / 10 * 10, count(*)" + year_rows +
               " GROUP BY GROUPING SETS ((year), (year / 10 * 10))"),
          with("SELECT " + rating + ", count(*)" + rating_rows + " GROUP BY " + rating)};
}

std::vector<Statement> facets_at_once(const Filters& filters) {
  const std::string text =
      "WITH films AS MATERIALIZED (SELECT genres, year, year / 10 * 10 AS decade, " +
      std::string(kRatingBand) + " AS rating, " + kDurationBand +
      " AS duration, source, age_rating, coalesce(" + filters.genre + ", false) AS g, coalesce(" +
      filters.years + ", false) AS y, coalesce(" + filters.rating +
      ", false) AS r FROM movies WHERE is_active AND ((" + filters.years + " AND " + filters.rating +
      ") OR (" + filters.genre + " AND " + filters.rating + ") OR (" + filters.genre + " AND " +
      filters.years +
      "))), counts AS (SELECT grouping(year, decade, rating, duration, source, age_rating) AS facet, "
      "coalesce(year, decade, rating, duration, source, age_rating) AS value, count(*) FILTER (WHERE g AND y "
      "AND r) "
      "AS all_filters, count(*) FILTER (WHERE g AND r) AS not_years, count(*) FILTER (WHERE g AND y) AS "
      "not_rating "
      "FROM films GROUP BY GROUPING SETS ((), (year), (decade), (rating), (duration), (source), "
      "(age_rating))) "
      "SELECT all_filters, facet, value, not_years, not_rating FROM counts UNION ALL SELECT count(*), 0, "
      "genre, 0, 0 "
      "FROM (SELECT unnest(genres) AS genre FROM films WHERE y AND r) each GROUP BY genre ORDER BY facet "
      "DESC";
  return {with_used(text, filters.parameters)};
}

}  // namespace

std::vector<Statement> to_sql(const Ask& ask, SqlTable& table, FacetStyle style, const Place& place) {
  const Filters filters(ask, table);
  std::vector<Statement> statements{page(ask, filters, place)};
  if (ask.facets) {
    const auto facets = style == FacetStyle::kPipelined ? pipelined_facets(filters) : facets_at_once(filters);
    statements.insert(statements.end(), facets.begin(), facets.end());
  } else if (ask.total) {
    statements.push_back(with_used("SELECT count(*) FROM movies WHERE " + filters.all(), filters.parameters));
  }
  return statements;
}

}  // namespace filmoteka::bench
