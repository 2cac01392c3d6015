#include <filmoteka/domain/genres.hpp>

#include <metadata/core/query/filter.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

template <class T>
Bounds bounds_of(const std::optional<T>& from, const std::optional<T>& to) {
  Bounds bounds;
  if (from) bounds.from = *from;
  if (to) bounds.to = *to;
  // Only what has a value can be within: values are never negative.
  if (to && !from) bounds.from = 0;
  return bounds;
}

Bounds time_bounds(const Range<Timestamp>& range) {
  Bounds bounds;
  if (range.from) bounds.from = range.from->time_since_epoch().count();
  if (range.to) bounds.to = range.to->time_since_epoch().count();
  return bounds;
}

std::vector<std::string> folded(const std::vector<std::string>& genres) {
  std::vector<std::string> result;
  for (const std::string& genre : genres) result.push_back(domain::genre_key(genre));
  std::sort(result.begin(), result.end());
  return result;
}

bool has_any(const DeltaEntry& film, const std::vector<std::string>& wanted,
             std::vector<std::optional<bool>>& verdicts) {
  for (const std::uint32_t number : film.facets.genres(*film.row)) {
    if (number >= verdicts.size()) verdicts.resize(number + 1);
    std::optional<bool>& verdict = verdicts[number];
    if (!verdict) {
      verdict = std::binary_search(wanted.begin(), wanted.end(), genre_with_number(*film.row, number));
    }
    if (*verdict) return true;
  }
  return false;
}

}  // namespace

Filter::Filter(const ListQuery& query, const TextMatches* text)
    : query_(&query),
      genres_(folded(query.genres)),
      genres_not_(folded(query.genres_not)),
      year_(bounds_of(query.years.from, query.years.to)),
      rating_(bounds_of(query.rating.from, query.rating.to)),
      views_(bounds_of(query.views_from, std::optional<std::int64_t>())),
      duration_(bounds_of(query.duration.from, query.duration.to)),
      added_(time_bounds(query.added)),
      age_rating_(bounds_of(std::optional<std::int32_t>(), query.age_rating_to)),
      text_(text) {
  if (query.year) {
    year_.from = std::max<std::int64_t>(year_.from, *query.year);
    year_.to = std::min<std::int64_t>(year_.to, *query.year);
  }
  const auto filters = [this](Dimension dimension, bool does) {
    if (does) filtered_ |= bit(dimension);
  };
  filters(Dimension::kGenre, !genres_.empty());
  filters(Dimension::kYear, !year_.is_open());
  filters(Dimension::kRating, !rating_.is_open());
  filters(Dimension::kDuration, !duration_.is_open());
  filters(Dimension::kSource, query.source.has_value());
  filters(Dimension::kAgeRating, !age_rating_.is_open());
}

Bounds Filter::bounds(SortKey key) const {
  switch (key) {
    case SortKey::kViews:
      return views_;
    case SortKey::kRating:
      return rating_;
    case SortKey::kYear:
      return year_;
    case SortKey::kAddedAt:
      return added_;
    case SortKey::kDuration:
      return duration_;
    case SortKey::kTitle:
      break;
  }
  return {};
}

std::optional<DimensionSet> Filter::failures(const DeltaEntry& entry, GenreVerdicts& verdicts) const {
  const FilmNumbers& numbers = entry.numbers;
  if (!views_.contains(numbers.views) || !added_.contains(numbers.added_at)) return std::nullopt;
  if (!entry.facets.is_active && !query_->include_inactive) return std::nullopt;
  if (query_->has_image && *query_->has_image != entry.facets.has_image) return std::nullopt;
  const FilmRow& film = *entry.row;
  if (!genres_not_.empty() && has_any(entry, genres_not_, verdicts.unwanted)) return std::nullopt;
  if (text_ != nullptr && text_->rank(entry) == kNotFound) return std::nullopt;
  DimensionSet failed = 0;
  if (!year_.contains(numbers.year)) failed |= bit(Dimension::kYear);
  if (!rating_.contains(numbers.rating)) failed |= bit(Dimension::kRating);
  if (!duration_.contains(numbers.duration)) failed |= bit(Dimension::kDuration);
  if (!age_rating_.contains(numbers.age_rating)) failed |= bit(Dimension::kAgeRating);
  if (query_->source && *query_->source != film.source) failed |= bit(Dimension::kSource);
  if (!genres_.empty() && !has_any(entry, genres_, verdicts.wanted)) failed |= bit(Dimension::kGenre);
  return failed;
}

}  // namespace filmoteka::metadata
