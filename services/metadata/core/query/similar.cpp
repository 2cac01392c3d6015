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

class Search {
 public:
  Search(const Snapshot& snapshot, domain::MovieId id, const FilmNumbers& film,
         std::vector<std::string_view> genres, std::size_t limit, bool include_inactive);

  std::vector<FilmRef> run();

 private:
  double weight_of(std::uint32_t shared) const;
  void add_changed();
  Bitmap visible_rows() const;
  void add_rows(std::uint32_t shared);
  void add_years(const Bitmap& rows, double weight);
  void add(const Bitmap& rows, double weight);

  const Snapshot& snapshot_;
  domain::MovieId id_;
  std::int32_t year_;
  std::size_t limit_;
  bool include_inactive_;
  std::vector<WeighedGenre> genres_;
  std::vector<Likeness> changed_;
  std::vector<Likeness> found_;
};

Search::Search(const Snapshot& snapshot, domain::MovieId id, const FilmNumbers& film,
               std::vector<std::string_view> genres, std::size_t limit, bool include_inactive)
    : snapshot_(snapshot), id_(id), year_(film.year), limit_(limit), include_inactive_(include_inactive) {
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
    changed_.push_back(
        {weight_of(shared), distance(year_, entry.numbers.year), entry.numbers, FilmRef{&entry, 0}});
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

// The rows that share exactly these genres with the film.
void Search::add_rows(std::uint32_t shared) {
  const Segment& segment = *snapshot_.segment;
  Bitmap rows = visible_rows();
  for (std::size_t i = 0; i < genres_.size(); ++i) {
    const Posting* posting = genres_[i].rows;
    if ((shared >> i & 1) == 0) {
      if (posting != nullptr) posting->remove_from(rows);
    } else {
      if (posting == nullptr) return;
      Bitmap with_genre(segment.size());
      posting->add_to(with_genre);
      rows &= with_genre;
    }
  }
  if (snapshot_.delta->masked_count() != 0) rows.subtract(snapshot_.delta->masked());
  if (const auto self = segment.find(id_)) rows.reset(*self);
  add_years(rows, weight_of(shared));
}

// From the nearest year outwards, until there are enough.
void Search::add_years(const Bitmap& rows, double weight) {
  const std::size_t before = found_.size();
  const std::size_t all = rows.count();
  constexpr std::size_t kFew = 1'024;
  if (all <= kFew || year_ < 0) return add(rows, weight);
  std::vector<std::pair<std::int32_t, const Posting*>> years;
  for (const NumberPosting& year : snapshot_.segment->years) {
    years.emplace_back(distance(year_, year.value), &year.films.rows);
  }
  std::sort(years.begin(), years.end());
  std::int32_t last = -1;
  for (const auto& [far, posting] : years) {
    if (far != last && found_.size() - before >= limit_) return;
    last = far;
    Bitmap of_year(rows.size());
    posting->add_to(of_year);
    add(of_year &= rows, weight);
  }
}

void Search::add(const Bitmap& rows, double weight) {
  rows.for_each([&](Row row) {
    const FilmNumbers numbers = snapshot_.numbers(row);
    found_.push_back({weight, distance(year_, numbers.year), numbers, FilmRef{nullptr, row}});
  });
}

std::vector<FilmRef> Search::run() {
  add_changed();
  std::vector<std::pair<double, std::uint32_t>> shares;
  for (std::uint32_t shared = 1; shared < 1U << genres_.size(); ++shared) {
    shares.emplace_back(weight_of(shared), shared);
  }
  std::sort(shares.rbegin(), shares.rend());
  double last = -1;
  for (const auto& [weight, shared] : shares) {
    // Equal weights must be compared by what comes after them.
    if (found_.size() >= limit_ && weight != last) break;
    last = weight;
    add_rows(shared);
  }
  found_.insert(found_.end(), changed_.begin(), changed_.end());
  const auto end = found_.begin() + static_cast<std::ptrdiff_t>(std::min(limit_, found_.size()));
  std::partial_sort(found_.begin(), end, found_.end(), is_more_alike);
  std::vector<FilmRef> films;
  for (auto film = found_.begin(); film != end; ++film) films.push_back(film->film);
  return films;
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
