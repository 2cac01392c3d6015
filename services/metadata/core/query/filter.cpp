#include <metadata/core/query/filter.hpp>
#include <metadata/core/query/within.hpp>

#include <algorithm>
#include <limits>

namespace filmoteka::metadata {
namespace {

// Removes the rows whose value is not within the bounds.
template <class T>
void keep_within(const std::vector<T>& column, const Bounds& bounds, Bitmap& rows) {
  if (bounds.is_open()) return;
  using Limits = std::numeric_limits<T>;
  if (bounds.from > std::int64_t{Limits::max()} || bounds.to < std::int64_t{Limits::min()}) {
    rows = Bitmap(rows.size());
    return;
  }
  const T from = static_cast<T>(std::max<std::int64_t>(bounds.from, Limits::min()));
  const T to = static_cast<T>(std::min<std::int64_t>(bounds.to, Limits::max()));
  metadata::keep_within(column, from, to, rows);
}

template <class T>
void keep_within(const std::vector<T>& column, const CoarseColumn& coarse, const Bounds& bounds,
                 Bitmap& rows) {
  if (!bounds.is_open()) metadata::keep_within(column, coarse, bounds.from, bounds.to, rows);
}

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

void keep_any(const std::vector<const Posting*>& postings, Bitmap& rows) {
  if (postings.size() == 1) return postings.front()->keep_in(rows);
  Bitmap any(rows.size());
  for (const Posting* posting : postings) posting->add_to(any);
  rows &= any;
}

std::vector<std::string> folded(const std::vector<std::string>& genres) {
  std::vector<std::string> result;
  for (const std::string& genre : genres) result.push_back(fold_genre(genre));
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

Filter::Filter(const ListQuery& query)
    : query_(&query),
      genres_(folded(query.genres)),
      genres_not_(folded(query.genres_not)),
      year_(bounds_of(query.years.from, query.years.to)),
      rating_(bounds_of(query.rating.from, query.rating.to)),
      views_(bounds_of(query.views_from, std::optional<std::int64_t>())),
      duration_(bounds_of(query.duration.from, query.duration.to)),
      added_(time_bounds(query.added)),
      age_rating_(bounds_of(std::optional<std::int32_t>(), query.age_rating_to)) {
  if (query.year) {
    year_.from = std::max<std::int64_t>(year_.from, *query.year);
    year_.to = std::min<std::int64_t>(year_.to, *query.year);
  }
  if (!query.q.empty()) search_.emplace(query.q);
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

Bitmap Filter::base_rows(const Snapshot& snapshot) const {
  const Segment& segment = *snapshot.segment;
  Bitmap rows = query_->include_inactive ? Bitmap(segment.size(), true) : segment.active;
  if (snapshot.delta->masked_count() != 0) rows.subtract(snapshot.delta->masked());
  if (query_->has_image) *query_->has_image ? rows &= segment.has_image : rows.subtract(segment.has_image);
  for (const SpellingPosting& spelling : segment.spellings) {
    if (genres_not_.empty()) break;
    if (std::binary_search(genres_not_.begin(), genres_not_.end(), spelling.genre.folded)) {
      spelling.films.rows.remove_from(rows);
    }
  }
  keep_within(snapshot.views_order->views, snapshot.views_order->coarse, views_, rows);
  keep_within(segment.added_at, segment.added_at_coarse, added_, rows);
  if (search_) search_->keep_matches(segment, rows);
  return rows;
}

// What matches all but one is the base and the products of what stands before and behind that one.
Filter::Rows Filter::rows(const Snapshot& snapshot, DimensionSet wanted) const {
  Rows result;
  result.all = base_rows(snapshot);
  const Segment& segment = *snapshot.segment;
  std::vector<Dimension> dimensions;
  for (std::size_t i = 0; i < kDimensions; ++i) {
    if ((filtered_ >> i & 1) != 0) dimensions.push_back(static_cast<Dimension>(i));
  }
  if ((wanted & filtered_) == 0) {
    for (const Dimension dimension : dimensions) keep(dimension, segment, result.all);
    return result;
  }
  std::vector<Bitmap> kept(dimensions.size(), result.all);
  for (std::size_t i = 0; i < kept.size(); ++i) keep(dimensions[i], segment, kept[i]);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if ((wanted & bit(dimensions[i])) != 0) {
      Bitmap others = result.all;  // the base, with the filters before this one
      for (std::size_t j = i + 1; j < kept.size(); ++j) others &= kept[j];
      result.without[static_cast<std::size_t>(dimensions[i])] = std::move(others);
    }
    result.all &= kept[i];
  }
  return result;
}

void Filter::keep(Dimension dimension, const Segment& segment, Bitmap& rows) const {
  switch (dimension) {
    case Dimension::kGenre:
      return keep_genres(segment, rows);
    case Dimension::kYear:
      return keep_years(segment, rows);
    case Dimension::kRating:
      return keep_within(segment.rating, rating_, rows);
    case Dimension::kDuration:
      return keep_within(segment.duration, segment.duration_coarse, duration_, rows);
    case Dimension::kSource:
      return keep_source(segment, rows);
    case Dimension::kAgeRating:
      return keep_within(segment.age_rating, age_rating_, rows);
  }
}

void Filter::keep_genres(const Segment& segment, Bitmap& rows) const {
  std::vector<const Posting*> wanted;
  for (const GenrePosting& genre : segment.genres) {
    if (std::binary_search(genres_.begin(), genres_.end(), segment.spellings[genre.first].genre.folded)) {
      wanted.push_back(&segment.films(genre).rows);
    }
  }
  keep_any(wanted, rows);
}

void Filter::keep_source(const Segment& segment, Bitmap& rows) const {
  std::vector<const Posting*> wanted;
  const auto found = std::find(segment.sources.begin(), segment.sources.end(), *query_->source);
  if (found != segment.sources.end()) {
    wanted.push_back(&segment.source_rows[static_cast<std::size_t>(found - segment.sources.begin())].rows);
  }
  keep_any(wanted, rows);
}

void Filter::keep_years(const Segment& segment, Bitmap& rows) const {
  constexpr std::size_t kFewYears = 4;
  std::vector<const Posting*> wanted;
  for (const NumberPosting& posting : segment.years) {
    if (year_.contains(posting.value)) wanted.push_back(&posting.films.rows);
  }
  wanted.size() <= kFewYears ? keep_any(wanted, rows) : keep_within(segment.year, year_, rows);
}

std::optional<DimensionSet> Filter::failures(const DeltaEntry& entry, GenreVerdicts& verdicts) const {
  const FilmNumbers& numbers = entry.numbers;
  if (!views_.contains(numbers.views) || !added_.contains(numbers.added_at)) return std::nullopt;
  if (!entry.facets.is_active && !query_->include_inactive) return std::nullopt;
  if (query_->has_image && *query_->has_image != entry.facets.has_image) return std::nullopt;
  const FilmRow& film = *entry.row;
  if (!genres_not_.empty() && has_any(entry, genres_not_, verdicts.unwanted)) return std::nullopt;
  if (search_ && !search_->matches(film.searchable)) return std::nullopt;
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
