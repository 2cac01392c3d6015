#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/domain/genres.hpp>
#include <filmoteka/domain/text.hpp>

#include <metadata/core/catalogue/film_row.hpp>
#include <metadata/core/search/names.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <stdexcept>

namespace filmoteka::metadata {
namespace {

template <class Small>
Small narrow(const std::optional<std::int32_t>& value) {
  return value ? static_cast<Small>(*value) : static_cast<Small>(FilmNumbers::kAbsent);
}

FilmNumbers numbers_of(const domain::Movie& movie) {
  const domain::MovieFacts& facts = movie.facts;
  return {.id = movie.id,
          .revision = movie.revision,
          .views = facts.views,
          .added_at = movie.added_at.time_since_epoch().count(),
          .duration = narrow<std::int32_t>(facts.duration_seconds),
          .year = narrow<std::int16_t>(facts.year),
          .rating = narrow<std::int8_t>(facts.rating),
          .age_rating = narrow<std::int8_t>(facts.age_rating)};
}

// Most films have one source, which the summary names too: its text is not kept twice.
constexpr char kOwnSource = '\x01';  // cannot stand in JSON
constexpr std::string_view kSources = ",\"sources\":[{";
constexpr std::string_view kSourcesEnd = "}]}";

// `"source":…,"source_id":…,"source_url":…` of a summary.
std::string_view own_source(std::string_view summary) {
  const std::size_t begin = summary.find(",\"source\":");
  const std::size_t end = summary.find(",\"duration\":");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  return summary.substr(begin + 1, end - begin - 1);
}

void leave_out_own_source(FilmRow& row) {
  const std::string_view source = own_source(row.summary);
  if (source.empty()) return;
  const std::string end = std::string(kSources).append(source).append(kSourcesEnd);
  if (!row.details.ends_with(end)) return;
  row.details.resize(row.details.size() - end.size());
  row.details += kOwnSource;
}

// The full film begins with the fields of the summary, so rendering it once gives both. Inside a string the
// quotes of the names would be escaped: they are found only as members of the film.
void render(const domain::Movie& movie, FilmRow& row) {
  constexpr std::string_view kFirstDetail = ",\"description\":";
  constexpr std::string_view kViews = ",\"views\":";
  row.details.clear();
  api::append_movie(row.details, movie);
  const std::size_t shared = row.details.find(kFirstDetail);
  const std::size_t views = row.details.find(kViews) + kViews.size();
  if (shared == std::string::npos || views > shared || views > std::numeric_limits<std::uint16_t>::max()) {
    throw std::length_error("The JSON of film " + std::to_string(movie.id) +
                            " is not laid out as the catalogue keeps it.");
  }
  const std::size_t behind = row.details.find(',', views);
  row.summary.reserve(shared + 1);
  row.summary.assign(row.details, 0, views).append(row.details, behind, shared - behind).push_back('}');
  row.views_at = static_cast<std::uint16_t>(views);
  row.details.erase(0, shared);
  leave_out_own_source(row);
}

}  // namespace

const std::string& GenreFolder::fold(const std::string& genre) {
  constexpr std::size_t kMost = 4'096;
  if (known_.size() >= kMost) known_.clear();
  const auto [known, is_new] = known_.try_emplace(genre);
  if (is_new) known->second = domain::genre_key(genre);
  return known->second;
}

const std::string& genre_with_number(const FilmRow& row, std::uint32_t number) {
  std::size_t distinct = 0;  // the numbers are in the order of first appearance
  for (auto genre = row.genres.begin(); genre != row.genres.end(); ++genre) {
    const bool is_repeated = std::any_of(row.genres.begin(), genre,
                                         [&](const Genre& other) { return other.folded == genre->folded; });
    if (is_repeated) continue;
    if (row.genre_numbers[distinct++] == number) return genre->folded;
  }
  throw std::logic_error("a film of the delta has a genre without a number");
}

std::size_t memory_of(const FilmRow& row) {
  std::size_t bytes = sizeof row + row.source.capacity() + row.title_key.capacity() +
                      row.searchable.capacity() + row.cast_words.capacity() +
                      row.description_words.capacity() + row.summary.capacity() + row.details.capacity() +
                      row.genre_numbers.capacity() * sizeof(std::uint32_t) +
                      row.genres.capacity() * sizeof(Genre);
  for (const Genre& genre : row.genres) bytes += genre.shown.capacity() + genre.folded.capacity();
  return bytes;
}

const FilmRow& FilmRowArena::add(FilmRow row) {
  rows_.push_back(std::move(row));
  bytes_.fetch_add(memory_of(rows_.back()), std::memory_order_relaxed);
  return rows_.back();
}

void fill_film_row(FilmRow& row, const domain::Movie& movie, GenreFolder& folder, FilmsKept kept) {
  const domain::MovieFacts& facts = movie.facts;
  row.numbers = numbers_of(movie);
  row.local_views = movie.local_views;
  row.is_active = facts.is_active;
  row.has_image = facts.image_url || facts.thumbnail_url;
  row.source = facts.source;
  row.genres.clear();
  row.genres.reserve(facts.genres.size());
  for (const std::string& genre : facts.genres) row.genres.push_back({genre, folder.fold(genre)});
  row.title_key = domain::collation_key(facts.title);
  row.searchable = searchable_names(facts);
  row.cast_words = searchable_cast(facts);
  row.description_words = searchable_description(facts);
  render(movie, row);
  if (kept == FilmsKept::kSummaries) row.details = std::string();
}

FilmRow make_film_row(const domain::Movie& movie, GenreFolder& folder, FilmsKept kept) {
  FilmRow row;
  fill_film_row(row, movie, folder, kept);
  return row;
}

void append_summary(std::string& out, const FilmJson& film) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), film.views).ptr;
  out.append(film.summary.substr(0, film.views_at));
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out.append(film.summary.substr(film.views_at));
}

void append_full(std::string& out, const FilmJson& film) {
  append_summary(out, film);
  out.pop_back();
  out.append(film.details);
  if (film.details.back() != kOwnSource) return;
  out.pop_back();
  out.append(kSources).append(own_source(film.summary)).append(kSourcesEnd);
}

}  // namespace filmoteka::metadata
