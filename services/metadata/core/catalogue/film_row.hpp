/// A film as the catalogue needs it: everything that a query asks, computed once when the film changes.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/view_counts.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace filmoteka::metadata {

/// The numbers of a film. kAbsent stands for "has no value" where a film may lack it.
struct FilmNumbers {
  static constexpr int kAbsent = -1;

  domain::MovieId id = 0;
  domain::Revision revision = 0;
  std::int64_t views = 0;           ///< at the source; in a DeltaEntry those here too
  std::int64_t added_at = 0;        ///< milliseconds since 1970
  std::int32_t duration = kAbsent;  ///< seconds
  std::int16_t year = kAbsent;
  std::int8_t rating = kAbsent;  ///< tenths
  std::int8_t age_rating = kAbsent;
};

struct Genre {
  std::string shown;   ///< as the source spells it
  std::string folded;  ///< what is compared
};

struct FilmRow {
  FilmNumbers numbers;
  std::int64_t local_views = 0;  ///< as the change said; what counts is in ViewCounts
  ViewSlot view_slot = 0;        ///< set when the row enters a catalogue
  bool is_active = true;
  bool has_image = false;  ///< an image or a thumbnail
  std::string source;
  std::vector<Genre> genres;
  // Set when the row enters a catalogue: equal numbers are equal texts there.
  std::uint32_t source_number = 0;
  std::vector<std::uint32_t> genre_numbers;  ///< of the folded forms, each once
  std::string title_key;                     ///< domain::collation_key of the title
  std::string searchable;                    ///< searchable_names()
  // What is indexed besides: searchable_cast() and searchable_description().
  std::string cast_words;
  std::string description_words;
  std::string summary;         ///< JSON object for lists, without the number of views
  std::uint16_t views_at = 0;  ///< where in `summary` that number belongs
  /// What the full film's JSON has more than the summary: `,"description":…}`, to be put in place of the
  /// summary's closing brace; shortened where it repeats the summary. append_full() makes it whole. Empty
  /// where only summaries are kept, never otherwise.
  std::string details;
};

/// The folded form of the genre that has `number` among the row's genre_numbers.
const std::string& genre_with_number(const FilmRow& row, std::uint32_t number);

/// With its own size.
std::size_t memory_of(const FilmRow& row);

/// Owns the rows of a delta; grows at its end only, so that addresses of rows stay good.
class FilmRowArena {
 public:
  /// One thread at a time; others may read earlier rows meanwhile.
  const FilmRow& add(FilmRow row);
  /// Heap bytes. Any thread.
  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  std::deque<FilmRow> rows_;
  std::atomic<std::size_t> bytes_{0};
};

/// Remembers the keys of genres (domain::genre_key), by which they are compared: a catalogue has few, and
/// many films of each. Not thread-safe.
class GenreFolder {
 public:
  /// Good until the next call.
  const std::string& fold(const std::string& genre);

 private:
  std::unordered_map<std::string, std::string> known_;
};

/// How much of each film a catalogue keeps.
enum class FilmsKept {
  kWhole,
  kSummaries,  ///< without `details`: who wants the full film asks the database (full_films.hpp)
};

/// Into a row that is new, or one that held another film: what it has of memory is used again. What is set
/// when a row enters a catalogue is left as it is.
void fill_film_row(FilmRow& row, const domain::Movie& movie, GenreFolder& folder, FilmsKept kept);
FilmRow make_film_row(const domain::Movie& movie, GenreFolder& folder, FilmsKept kept = FilmsKept::kWhole);

/// A film's JSON as it is kept: ready but for the number of views, which changes all the time.
struct FilmJson {
  std::string_view summary;
  std::string_view details;
  std::size_t views_at = 0;
  std::int64_t views = 0;
};
void append_summary(std::string& out, const FilmJson& film);
void append_full(std::string& out, const FilmJson& film);

}  // namespace filmoteka::metadata
