#include <metadata/core/query/filter.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace filmoteka::metadata {
namespace {

// Below this many rows of a word each is looked at alone; above, all 64 are compared at once.
constexpr int kFewRows = 12;

// One byte (0 or 1) for each of 64 rows into one bit each: the multiplication gathers eight at a time.
std::uint64_t pack_bits(const std::array<std::uint8_t, 64>& flags) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, flags.data() + i * 8, 8);
    word |= ((eight * 0x0102'0408'1020'4080U) >> 56) << (i * 8);
  }
  return word;
}

template <class T>
std::uint64_t rows_within(const T* column, std::uint64_t word, T from, T to) {
  if (std::popcount(word) <= kFewRows) {
    std::uint64_t kept = word;
    for (std::uint64_t left = word; left != 0; left &= left - 1) {
      const T value = column[std::countr_zero(left)];
      if (value < from || value > to) kept &= ~(left & (~left + 1));
    }
    return kept;
  }
  std::array<std::uint8_t, 64> flags{};
  for (std::size_t i = 0; i < 64; ++i) {
    flags[i] =
        static_cast<std::uint8_t>(static_cast<int>(column[i] >= from) & static_cast<int>(column[i] <= to));
  }
  return word & pack_bits(flags);
}

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
  const auto words = rows.words();
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (words[w] == 0) continue;
    const std::size_t first = w * Bitmap::kBits;
    if (first + Bitmap::kBits <= column.size()) {
      words[w] = rows_within(column.data() + first, words[w], from, to);
      continue;
    }
    for (std::size_t row = first; row < column.size(); ++row) {
      if (column[row] < from || column[row] > to) rows.reset(row);
    }
  }
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

std::vector<std::string> folded(const std::vector<std::string>& genres) {
  std::vector<std::string> result;
  for (const std::string& genre : genres) result.push_back(fold_genre(genre));
  std::sort(result.begin(), result.end());
  return result;
}

bool has_any(const FilmRow& film, const std::vector<std::string>& wanted) {
  return std::any_of(film.genres.begin(), film.genres.end(), [&](const Genre& genre) {
    return std::binary_search(wanted.begin(), wanted.end(), genre.folded);
  });
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
}

Bitmap Filter::rows(const Segment& segment, const Delta& delta) const {
  Bitmap rows = query_->include_inactive ? Bitmap(segment.size(), true) : segment.active;
  if (delta.masked_count() != 0) rows.subtract(delta.masked());
  keep_genres(segment, rows);
  keep_years(segment, rows);
  if (query_->has_image) *query_->has_image ? rows &= segment.has_image : rows.subtract(segment.has_image);
  keep_columns(segment, rows);
  if (search_) search_->keep_matches(segment, rows);
  return rows;
}

void Filter::keep_genres(const Segment& segment, Bitmap& rows) const {
  const auto is_in = [](const std::vector<std::string>& wanted, const GenrePosting& posting) {
    return std::binary_search(wanted.begin(), wanted.end(), posting.genre.folded);
  };
  if (!genres_.empty()) {
    Bitmap any(segment.size());
    for (const GenrePosting& posting : segment.genres) {
      if (is_in(genres_, posting)) posting.rows.add_to(any);
    }
    rows &= any;
  }
  if (genres_not_.empty()) return;
  for (const GenrePosting& posting : segment.genres) {
    if (is_in(genres_not_, posting)) posting.rows.remove_from(rows);
  }
}

// Joins the years inside or removes those outside, whichever are fewer.
void Filter::keep_years(const Segment& segment, Bitmap& rows) const {
  if (year_.is_open()) return;
  const auto inside = [this](const YearPosting& posting) {
    return year_.contains(posting.year);
  };
  const auto count = std::count_if(segment.years.begin(), segment.years.end(), inside);
  if (2 * static_cast<std::size_t>(count) > segment.years.size()) {
    for (const YearPosting& posting : segment.years) {
      if (!inside(posting)) posting.rows.remove_from(rows);
    }
    return;
  }
  Bitmap any(segment.size());
  for (const YearPosting& posting : segment.years) {
    if (inside(posting)) posting.rows.add_to(any);
  }
  rows &= any;
}

void Filter::keep_columns(const Segment& segment, Bitmap& rows) const {
  if (query_->source) {
    const auto& names = segment.sources;
    const auto found = std::find(names.begin(), names.end(), *query_->source);
    const auto number = found - names.begin();
    keep_within(segment.source, found == names.end() ? Bounds{-2, -2} : Bounds{number, number}, rows);
  }
  keep_within(segment.rating, rating_, rows);
  keep_within(segment.age_rating, age_rating_, rows);
  keep_within(segment.duration, duration_, rows);
  keep_within(segment.views, views_, rows);
  keep_within(segment.added_at, added_, rows);
}

bool Filter::matches(const FilmRow& film) const {
  const FilmNumbers& numbers = film.numbers;
  if (!film.is_active && !query_->include_inactive) return false;
  if (query_->has_image && *query_->has_image != film.has_image) return false;
  if (query_->source && *query_->source != film.source) return false;
  if (!year_.contains(numbers.year) || !rating_.contains(numbers.rating)) return false;
  if (!views_.contains(numbers.views) || !duration_.contains(numbers.duration)) return false;
  if (!added_.contains(numbers.added_at) || !age_rating_.contains(numbers.age_rating)) return false;
  if (!genres_.empty() && !has_any(film, genres_)) return false;
  if (!genres_not_.empty() && has_any(film, genres_not_)) return false;
  return !search_ || search_->matches(film.searchable);
}

}  // namespace filmoteka::metadata
