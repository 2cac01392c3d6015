#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/page_json.hpp>
#include <metadata/core/query/similar.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <tuple>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kMostGenres = 8;
constexpr std::int32_t kNoYear = std::numeric_limits<std::int32_t>::max();

struct WeighedGenre {
  std::string_view folded;
  double weight = 0;
  const Posting* rows = nullptr;  // null: only in the delta
};

struct Likeness {
  double weight = 0;
  std::int32_t years = kNoYear;
  FilmNumbers numbers;
  FilmRef film;
};

bool is_more_alike(const Likeness& a, const Likeness& b) {
  return std::tie(b.weight, a.years, b.numbers.rating, b.numbers.views, a.numbers.id) <
         std::tie(a.weight, b.years, a.numbers.rating, a.numbers.views, b.numbers.id);
}

std::int32_t distance(std::int32_t year, std::int32_t other) {
  return year < 0 || other < 0 ? kNoYear : std::abs(year - other);
}

/// The most alike of what it is shown.
class Best {
 public:
  explicit Best(std::size_t limit) : limit_(limit) {}

  bool is_full() const { return heap_.size() == limit_; }
  /// Of those that would stay, when it is full.
  const Likeness& worst() const { return heap_.front(); }
  void add(const Likeness& film);
  /// In order. Leaves it empty.
  std::vector<FilmRef> take();

 private:
  std::size_t limit_;
  std::vector<Likeness> heap_;  // the least alike in front
};

void Best::add(const Likeness& film) {
  if (limit_ == 0) return;
  if (is_full()) {
    if (!is_more_alike(film, heap_.front())) return;
    std::pop_heap(heap_.begin(), heap_.end(), is_more_alike);
    heap_.back() = film;
  } else {
    heap_.push_back(film);
  }
  std::push_heap(heap_.begin(), heap_.end(), is_more_alike);
}

std::vector<FilmRef> Best::take() {
  std::sort_heap(heap_.begin(), heap_.end(), is_more_alike);
  std::vector<FilmRef> films;
  for (const Likeness& film : heap_) films.push_back(film.film);
  heap_.clear();
  return films;
}

/// The films of the segment are divided by their genres, the rarest first: with it or without it, and so on.
/// What cannot be among the best is left out, and few films are looked at one by one: so the number of
/// divisions stays small however many genres there are.
class Search {
 public:
  Search(const Snapshot& snapshot, domain::MovieId id, const FilmNumbers& film,
         std::vector<std::string_view> genres, std::size_t limit, bool include_inactive);

  std::vector<FilmRef> run();

 private:
  double weight_of(std::uint32_t shared) const;
  bool may_be_among_the_best(std::uint32_t shared, std::size_t genre) const;
  std::uint32_t shared_by(Row row) const;
  void add_changed();
  Bitmap visible_rows() const;
  void divide(const Bitmap& rows, std::uint32_t shared, std::size_t genre);
  void add_each(const Bitmap& rows);
  void add_years(const Bitmap& rows, std::uint32_t shared);
  void add(Row row, double weight);
  bool is_too_far(double weight, std::int32_t years) const;

  const Snapshot& snapshot_;
  domain::MovieId id_;
  std::int32_t year_;
  bool include_inactive_;
  std::vector<WeighedGenre> genres_;
  Best best_;
};

Search::Search(const Snapshot& snapshot, domain::MovieId id, const FilmNumbers& film,
               std::vector<std::string_view> genres, std::size_t limit, bool include_inactive)
    : snapshot_(snapshot), id_(id), year_(film.year), include_inactive_(include_inactive), best_(limit) {
  const Segment& segment = *snapshot.segment;
  const double all = static_cast<double>(snapshot.films() + 1);
  std::sort(genres.begin(), genres.end());
  genres.erase(std::unique(genres.begin(), genres.end()), genres.end());
  for (const std::string_view folded : genres) {
    const auto known = std::lower_bound(segment.genres.begin(), segment.genres.end(), folded,
                                        [&](const GenrePosting& genre, std::string_view wanted) {
                                          return segment.spellings[genre.first].genre.folded < wanted;
                                        });
    if (known == segment.genres.end() || segment.spellings[known->first].genre.folded != folded) {
      genres_.push_back({folded, std::log(all), nullptr});
    } else {
      const CountedPosting& films = segment.films(*known);
      genres_.push_back({folded, std::log(all / static_cast<double>(films.active + 1)), &films.rows});
    }
  }
  std::sort(genres_.begin(), genres_.end(), [](const WeighedGenre& a, const WeighedGenre& b) {
    return std::tie(b.weight, a.folded) < std::tie(a.weight, b.folded);
  });
  genres_.resize(std::min(genres_.size(), kMostGenres));
}

double Search::weight_of(std::uint32_t shared) const {
  double weight = 0;
  for (std::size_t i = 0; i < genres_.size(); ++i) {
    if ((shared >> i & 1) != 0) weight += genres_[i].weight;
  }
  return weight;
}

// However the genres from `genre` on are shared. Sums are made in the same order everywhere, so that none of
// them is above this by rounding.
bool Search::may_be_among_the_best(std::uint32_t shared, std::size_t genre) const {
  double most = 0;
  bool any = false;
  for (std::size_t i = 0; i < genres_.size(); ++i) {
    const bool is_shared = (shared >> i & 1) != 0;
    any = any || is_shared || i >= genre;
    // A genre that nearly all films have may weigh less than nothing.
    if (is_shared || (i >= genre && genres_[i].weight > 0)) most += genres_[i].weight;
  }
  return any && (!best_.is_full() || most >= best_.worst().weight);
}

void Search::add_changed() {
  for (const DeltaEntry& entry : snapshot_.delta->entries()) {
    if ((!entry.row->is_active && !include_inactive_) || entry.id == id_) continue;
    std::uint32_t shared = 0;
    for (const Genre& genre : entry.row->genres) {
      for (std::size_t i = 0; i < genres_.size(); ++i) {
        if (genres_[i].folded == genre.folded) shared |= 1U << i;
      }
    }
    if (shared == 0) continue;
    best_.add({weight_of(shared), distance(year_, entry.numbers.year), entry.numbers, FilmRef{&entry, 0}});
  }
}

// All that may be found: at least those with one of the genres.
Bitmap Search::visible_rows() const {
  const Segment& segment = *snapshot_.segment;
  if (!include_inactive_) return segment.active;
  Bitmap rows(segment.size());
  for (const WeighedGenre& genre : genres_) {
    if (genre.rows != nullptr) genre.rows->add_to(rows);
  }
  return rows;
}

// `rows` share `shared` of the genres before `genre`, and no others of them.
void Search::divide(const Bitmap& rows, std::uint32_t shared, std::size_t genre) {
  constexpr std::size_t kFew = 1'024;
  if (!may_be_among_the_best(shared, genre)) return;
  const std::size_t count = rows.count();
  if (count == 0) return;
  if (count <= kFew) return add_each(rows);
  if (genre == genres_.size()) return add_years(rows, shared);
  const Posting* posting = genres_[genre].rows;
  if (posting == nullptr) return divide(rows, shared, genre + 1);
  Bitmap part = rows;
  posting->keep_in(part);
  divide(part, shared | 1U << genre, genre + 1);
  if (!may_be_among_the_best(shared, genre + 1)) return;
  part = rows;
  posting->remove_from(part);
  divide(part, shared, genre + 1);
}

std::uint32_t Search::shared_by(Row row) const {
  const Segment& segment = *snapshot_.segment;
  std::uint32_t shared = 0;
  for (auto i = segment.genre_offsets[row]; i < segment.genre_offsets[row + 1]; ++i) {
    const std::string& folded = segment.spellings[segment.genre_values[i]].genre.folded;
    for (std::size_t genre = 0; genre < genres_.size(); ++genre) {
      if (genres_[genre].folded == folded) shared |= 1U << genre;
    }
  }
  return shared;
}

void Search::add_each(const Bitmap& rows) {
  rows.for_each([&](Row row) {
    if (const std::uint32_t shared = shared_by(row); shared != 0) add(row, weight_of(shared));
  });
}

void Search::add(Row row, double weight) {
  const std::int32_t years = distance(year_, snapshot_.segment->year[row]);
  if (is_too_far(weight, years)) return;
  best_.add({weight, years, snapshot_.numbers(row), FilmRef{nullptr, row}});
}

// Whatever else is said of it.
bool Search::is_too_far(double weight, std::int32_t years) const {
  if (!best_.is_full()) return false;
  const Likeness& worst = best_.worst();
  return weight < worst.weight || (weight == worst.weight && years > worst.years);
}

// Many films that share the same: from the nearest year outwards, until no farther one can be among the best.
void Search::add_years(const Bitmap& rows, std::uint32_t shared) {
  const double weight = weight_of(shared);
  const auto add_row = [&](Row row) {
    add(row, weight);
  };
  if (year_ < 0) return rows.for_each(add_row);
  std::vector<std::pair<std::int32_t, const Posting*>> years;
  for (const NumberPosting& year : snapshot_.segment->years) {
    years.emplace_back(distance(year_, year.value), &year.films.rows);
  }
  std::sort(years.begin(), years.end());
  for (const auto& [far, posting] : years) {
    if (is_too_far(weight, far)) return;
    Bitmap of_year = rows;
    posting->keep_in(of_year);
    of_year.for_each(add_row);
  }
}

std::vector<FilmRef> Search::run() {
  add_changed();
  Bitmap rows = visible_rows();
  if (snapshot_.delta->masked_count() != 0) rows.subtract(snapshot_.delta->masked());
  if (const auto self = snapshot_.segment->find(id_)) rows.reset(*self);
  divide(rows, 0, 0);
  return best_.take();
}

}  // namespace

std::optional<std::vector<FilmRef>> similar_films(const Snapshot& snapshot, domain::MovieId id,
                                                  std::size_t limit, bool include_inactive) {
  std::vector<std::string_view> genres;
  const Segment& segment = *snapshot.segment;
  if (const FilmRow* film = snapshot.delta->find(id)) {
    if (!film->is_active && !include_inactive) return std::nullopt;
    for (const Genre& genre : film->genres) genres.push_back(genre.folded);
    return Search(snapshot, id, film->numbers, std::move(genres), limit, include_inactive).run();
  }
  const auto row = segment.find(id);
  if (!row || snapshot.delta->is_masked(*row)) return std::nullopt;
  if (!segment.active.test(*row) && !include_inactive) return std::nullopt;
  for (auto i = segment.genre_offsets[*row]; i < segment.genre_offsets[*row + 1]; ++i) {
    genres.push_back(segment.spellings[segment.genre_values[i]].genre.folded);
  }
  return Search(snapshot, id, segment.numbers(*row), std::move(genres), limit, include_inactive).run();
}

std::optional<std::string> similar_movies(const Snapshot& snapshot, domain::MovieId id, std::size_t limit,
                                          bool include_inactive) {
  const auto films = similar_films(snapshot, id, limit, include_inactive);
  if (!films) return std::nullopt;
  std::string body = "{\"items\":";
  append_summaries(body, snapshot, *films, 0);
  body += '}';
  return body;
}

}  // namespace filmoteka::metadata
