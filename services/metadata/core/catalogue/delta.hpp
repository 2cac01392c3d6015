/// What has changed since the segment was built: few enough films to look at each of them in every query.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/film_row.hpp>
#include <metadata/core/catalogue/segment.hpp>
#include <metadata/core/search/text_part.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::metadata {

/// Where a title stands among `keys` (Segment::title_keys): 2·r + 1 for the same title as rank r, 2·r for one
/// between r - 1 and r.
std::uint64_t title_position(const TextColumn& keys, std::string_view key);

/// What facets count of a film, beside its numbers; here and not behind `row`, for every query looks at it.
struct FacetNumbers {
  static constexpr std::size_t kGenres = 6;

  explicit FacetNumbers(const FilmRow& row);
  /// FilmRow::genre_numbers of `row`.
  std::span<const std::uint32_t> genres(const FilmRow& row) const {
    if (genre_count > kGenres) return row.genre_numbers;
    return {first_genres.data(), genre_count};
  }

  std::uint32_t source = 0;  ///< FilmRow::source_number
  std::uint32_t genre_count = 0;
  std::array<std::uint32_t, kGenres> first_genres{};
  bool is_active = false;
  bool has_image = false;
};

struct DeltaEntry {
  DeltaEntry(domain::MovieId film, const FilmRow& of, const FilmNumbers& now, std::uint64_t position)
      : id(film), row(&of), numbers(now), title_position(position), facets(of) {}

  domain::MovieId id;
  const FilmRow* row;
  FilmNumbers numbers;  ///< the row's, with all views at the moment of freezing
  std::uint64_t title_position;
  FacetNumbers facets;
};

/// A film changed (`row` set) or deleted (`row` null). Rows are owned by an arena.
struct RowChange {
  domain::MovieId id = 0;
  const FilmRow* row = nullptr;
};

/// How the films with one spelling of a genre have become more or fewer than the segment's.
struct SpellingChange {
  std::int64_t films = 0;
  std::int64_t active = 0;
};
/// By folded form, then spelling.
using SpellingChanges = std::map<std::pair<std::string, std::string>, SpellingChange>;

/// Immutable; belongs to one segment.
class Delta {
 public:
  /// Nothing has changed.
  Delta() = default;

  /// This delta and then `changes`, the later ones winning. `arena` owns their rows, whose local views are
  /// counted in `views`.
  Delta with(const Segment& segment, std::span<const RowChange> changes,
             const std::shared_ptr<const FilmRowArena>& arena, const ViewCounts& views) const;
  /// The same films with the views of now.
  Delta with_views(const ViewCounts& views) const;

  /// Ascending by id; each film once.
  std::span<const DeltaEntry> entries() const { return entries_; }
  const FilmRow* find(domain::MovieId id) const;
  const SpellingChanges& spellings() const { return spellings_; }
  /// The words of its films; of films, too, that have been changed again or deleted since.
  const TextParts& texts() const { return texts_; }

  /// The segment's rows that have been changed or deleted since: they do not count any more. Size 0 when
  /// there is none.
  const Bitmap& masked() const { return masked_; }
  std::size_t masked_count() const { return masked_count_; }
  /// The segment's active rows that are not masked, and how many they are: a list of everything.
  const Bitmap& visible(const Segment& segment) const {
    return masked_count_ != 0 ? visible_ : segment.active;
  }
  std::size_t visible_count(const Segment& segment) const {
    return masked_count_ != 0 ? visible_count_ : segment.active_films;
  }
  bool is_masked(Row row) const { return masked_count_ != 0 && masked_.test(row); }
  bool empty() const { return entries_.empty() && masked_count_ == 0; }

  /// What owns the rows.
  std::span<const std::shared_ptr<const FilmRowArena>> arenas() const { return arenas_; }
  /// Heap bytes, rows that have been replaced since included. Cheap.
  std::size_t bytes() const;

 private:
  void count_genres(const FilmRow& film, int sign);
  void mask(const Segment& segment, Row row);

  std::vector<DeltaEntry> entries_;
  SpellingChanges spellings_;
  TextParts texts_;
  Bitmap masked_;
  std::size_t masked_count_ = 0;
  Bitmap visible_;
  std::size_t visible_count_ = 0;
  std::vector<std::shared_ptr<const FilmRowArena>> arenas_;
};

}  // namespace filmoteka::metadata
