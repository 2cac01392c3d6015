/// Where a film stands in an order: what pages are cut by and cursors hold.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/order_key.hpp>
#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/bounds.hpp>
#include <metadata/core/query/list_query.hpp>
#include <metadata/core/search/text_matches.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace filmoteka::metadata {

/// Smaller comes first. Places of one snapshot and one order can be compared.
struct Place {
  /// By relevance: TextRank, views. Otherwise only the first: the order_key().
  std::array<std::uint64_t, 3> keys{};
  /// The collation key of a title that no film of the segment has; such titles can have equal keys.
  std::string_view title_key{};
  domain::MovieId id = 0;
};

/// A film of a snapshot: of its delta if `changed` is set, else a row of its segment.
struct FilmRef {
  const DeltaEntry* changed = nullptr;
  Row row = 0;
};

/// The films of one snapshot in one order. Made for one list.
class Ordering {
 public:
  /// `text` is needed by relevance, and must outlive it. `bounds`: of the values that are sorted by; rows
  /// outside of them are never asked for.
  Ordering(const Snapshot& snapshot, const ListSort& sort, const TextMatches* text, const Bounds& bounds);

  Place place(Row row) const;
  Place place(const DeltaEntry& film) const;
  Place place(const FilmRef& film) const {
    return film.changed != nullptr ? place(*film.changed) : place(film.row);
  }
  /// Of a title that may not be in the catalogue (any more).
  Place title_place(std::string_view title_key, domain::MovieId id) const;
  bool before(const Place& a, const Place& b) const;

  const Snapshot& snapshot() const { return *snapshot_; }
  /// By relevance only.
  const TextMatches& text() const { return *text_; }
  const ListSort& sort() const { return sort_; }
  /// position → row, of the rows within the bounds; empty by relevance.
  std::span<const Row> rows() const { return rows_; }

 private:
  std::uint64_t key(Row row) const;
  std::span<const Row> rows_within(const Bounds& bounds) const;
  static Place relevance(TextRank rank, std::int64_t views, domain::MovieId id);

  const Snapshot* snapshot_;
  ListSort sort_;
  const TextMatches* text_;
  std::span<const Row> rows_;
};

}  // namespace filmoteka::metadata
