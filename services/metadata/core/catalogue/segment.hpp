/// The bulk of the catalogue: immutable columns over films in ascending order of id.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/coarse_column.hpp>
#include <metadata/core/catalogue/film_row.hpp>
#include <metadata/core/catalogue/order_ranks.hpp>
#include <metadata/core/catalogue/sort_order.hpp>
#include <metadata/core/catalogue/text_column.hpp>
#include <metadata/core/search/text_index.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// A piece of the films' JSON; shared by all segments whose films stand in it, so that a merge does not copy.
using TextChunk = std::shared_ptr<const std::string>;

/// Where a film's JSON stands: the summary at `offset`, the details right behind it.
struct FilmText {
  std::uint16_t chunk = 0;
  std::uint16_t views_at = 0;  ///< where in the summary the number of views belongs
  std::uint32_t offset = 0;
  std::uint32_t summary_size = 0;
  std::uint32_t details_size = 0;
};

/// The rows with one value, and how many of them are active.
struct CountedPosting {
  Posting rows;
  std::size_t active = 0;
};
/// The rows with one number: a year, a band, an age.
struct NumberPosting {
  std::int32_t value = 0;  ///< kAbsent for films without one
  CountedPosting films;
};
/// The rows with one spelling of a genre.
struct SpellingPosting {
  Genre genre;
  CountedPosting films;
  std::uint32_t folded = 0;  ///< index into `genres`
};
/// The rows with one genre: with any of its spellings, which are `spellings[first]` … `spellings[last - 1]`.
struct GenrePosting {
  std::size_t first = 0;
  std::size_t last = 0;
  CountedPosting several;  ///< unused for a genre with one spelling
};

/// Heap bytes by part; docs/memory.md says what they are for.
struct SegmentMemory {
  std::size_t columns = 0;     ///< numbers, and the genres of each film
  std::size_t postings = 0;    ///< films by genre, source, year and band
  std::size_t orders = 0;      ///< permutations but those by views
  std::size_t searchable = 0;  ///< folded names
  std::size_t text_index = 0;  ///< which films have which words
  std::size_t title_keys = 0;  ///< collation keys
  std::size_t json = 0;        ///< films' JSON and where each stands; shared chunks are counted in full

  std::size_t total() const {
    return columns + postings + orders + searchable + text_index + title_keys + json;
  }
};

/// Made by SegmentBuilder, then only read. A struct of arrays: index them by Row.
struct Segment {
  std::vector<domain::MovieId> id;
  std::vector<domain::Revision> revision;
  std::vector<std::int64_t> source_views;
  std::vector<ViewSlot> view_slot;
  std::vector<std::int64_t> added_at;
  std::vector<std::int32_t> duration;
  std::vector<std::int16_t> year;
  std::vector<std::int8_t> rating;
  std::vector<std::int8_t> age_rating;
  std::vector<std::uint32_t> source;         ///< index into `sources`
  std::vector<std::uint32_t> title_rank;     ///< index into `title_keys`; equal titles have equal ranks
  std::vector<std::uint32_t> genre_offsets;  ///< size() + 1; into `genre_values`
  std::vector<std::uint32_t> genre_values;   ///< indices into `spellings`
  std::vector<FilmText> text;
  TextColumn searchable;  ///< FilmRow::searchable
  TextIndex text_index;
  Bitmap active;
  Bitmap has_image;
  std::size_t active_films = 0;
  CoarseColumn added_at_coarse;
  CoarseColumn duration_coarse;

  std::vector<std::string> sources;
  TextColumn title_keys;                    ///< distinct, ascending
  std::vector<SpellingPosting> spellings;   ///< by folded form, then spelling
  std::vector<GenrePosting> genres;         ///< in the same order
  std::vector<CountedPosting> source_rows;  ///< in the order of `sources`
  // Ascending by value, kAbsent first.
  std::vector<NumberPosting> years;
  std::vector<NumberPosting> rating_bands;
  std::vector<NumberPosting> duration_bands;
  std::vector<NumberPosting> age_ratings;
  /// By SortOrder::index(): position → row. Those by views are empty: see ViewsOrder.
  std::array<std::vector<Row>, kSortOrders> orders;
  std::array<OrderRanks, kSortOrders> active_before;  ///< of each of them, by `active`
  std::vector<TextChunk> chunks;

  std::size_t size() const { return id.size(); }
  std::optional<Row> find(domain::MovieId movie) const;
  FilmNumbers numbers(Row row) const;
  const CountedPosting& films(const GenrePosting& genre) const {
    return genre.last - genre.first == 1 ? spellings[genre.first].films : genre.several;
  }
  std::string_view summary(Row row) const {
    return std::string_view(*chunks[text[row].chunk]).substr(text[row].offset, text[row].summary_size);
  }
  std::string_view details(Row row) const {
    return std::string_view(*chunks[text[row].chunk])
        .substr(text[row].offset + text[row].summary_size, text[row].details_size);
  }
  SegmentMemory memory() const;
  std::size_t bytes() const { return memory().total(); }
};

}  // namespace filmoteka::metadata
