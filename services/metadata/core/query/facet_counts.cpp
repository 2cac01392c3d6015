#include <metadata/core/catalogue/bands.hpp>
#include <metadata/core/catalogue/bit_count.hpp>
#include <metadata/core/query/facet_counts.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace filmoteka::metadata {
namespace {

// What rows cost when they are looked at one by one, in words that are compared with a posting: finding them
// in each word of the set, and then each row. Words of postings come from memory, as facets of different
// questions share no cache: the year's postings of a million films are 16 MB, its column 2 MB.
constexpr std::size_t kCostOfAWord = 2;
constexpr std::size_t kCostOfANumber = 4;
constexpr std::size_t kCostOfGenres = 24;

// Words of a set that stay in the processor's nearest cache while all postings are held against them.
constexpr std::size_t kBlock = 2'048;

std::size_t missing_count(const FacetFilms& films) {
  const Segment& segment = *films.snapshot->segment;
  return (films.with_inactive ? segment.size() : segment.active_films) - films.rows->count();
}

CountBy cheapest(const FacetFilms& films, std::size_t words_of_postings, std::size_t cost_of_a_row) {
  const std::size_t there = films.rows->count();
  const std::size_t missing = missing_count(films);
  const std::size_t one_by_one =
      films.rows->bitmap().words().size() * kCostOfAWord + std::min(there, missing) * cost_of_a_row;
  if (words_of_postings < one_by_one) return CountBy::kPostings;
  return missing < there ? CountBy::kMissing : CountBy::kRows;
}

Bitmap missing_rows(const FacetFilms& films) {
  const Segment& segment = *films.snapshot->segment;
  Bitmap missing = films.with_inactive ? Bitmap(segment.size(), true) : segment.active;
  return missing.subtract(films.rows->bitmap());
}

template <class PostingOf>
void count_postings(const Bitmap& set, PostingOf posting, std::vector<std::size_t>& counts) {
  std::vector<std::size_t> dense;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    posting(i).rows.is_dense() ? dense.push_back(i) : void(counts[i] = posting(i).rows.count_in(set));
  }
  const auto words = set.words();
  for (std::size_t first = 0; first < words.size(); first += kBlock) {
    const auto block = words.subspan(first, std::min(kBlock, words.size() - first));
    for (const std::size_t i : dense) {
      counts[i] += count_common_bits(block, posting(i).rows.dense_words().subspan(first));
    }
  }
}

// Counts by value number. `add` counts the values of one row; `posting(i)` has the rows of value i.
template <class PostingOf, class AddRow>
std::vector<std::size_t> count(const FacetFilms& films, std::optional<CountBy> wanted, std::size_t values,
                               std::size_t cost_of_a_row, PostingOf posting, AddRow add) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < values; ++i) words += posting(i).rows.bytes() / sizeof(std::uint64_t);
  std::vector<std::size_t> counts(values);
  switch (wanted.value_or(cheapest(films, words, cost_of_a_row))) {
    case CountBy::kRows:
      films.rows->for_each([&](Row row) { add(counts, row); });
      break;
    case CountBy::kPostings:
      count_postings(films.rows->bitmap(), posting, counts);
      break;
    case CountBy::kMissing:
      if (missing_count(films) > 0) missing_rows(films).for_each([&](Row row) { add(counts, row); });
      for (std::size_t i = 0; i < values; ++i) {
        const CountedPosting& known = posting(i);
        counts[i] = (films.with_inactive ? known.rows.count() : known.active) - counts[i];
      }
  }
  return counts;
}

std::int32_t number_of(Facet facet, const FilmNumbers& film) {
  switch (facet) {
    case Facet::kRating:
      return film.rating < 0 ? FilmNumbers::kAbsent : rating_band(film.rating);
    case Facet::kDuration:
      return film.duration < 0 ? FilmNumbers::kAbsent : duration_band(film.duration);
    case Facet::kAgeRating:
      return film.age_rating;
    default:
      return film.year;
  }
}

template <class ValueOf>
NumberCounts count_column(const std::vector<NumberPosting>& postings, const FacetFilms& films,
                          std::optional<CountBy> way, ValueOf value_of) {
  NumberCounts result;
  if (postings.empty()) return result;
  // Values are few and close together: kAbsent and years at the widest.
  const std::int32_t lowest = postings.front().value;
  std::vector<std::uint16_t> number(static_cast<std::size_t>(postings.back().value - lowest) + 1);
  for (std::size_t i = 0; i < postings.size(); ++i) {
    number[static_cast<std::size_t>(postings[i].value - lowest)] = static_cast<std::uint16_t>(i);
  }
  const auto counts = count(
      films, way, postings.size(), kCostOfANumber,
      [&](std::size_t i) -> const CountedPosting& { return postings[i].films; },
      [&](std::vector<std::size_t>& to, Row row) {
        ++to[number[static_cast<std::size_t>(value_of(row) - lowest)]];
      });
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) result.emplace_hint(result.end(), postings[i].value, counts[i]);
  }
  return result;
}

NumberCounts count_segment(Facet facet, const FacetFilms& films, std::optional<CountBy> way) {
  const Segment& segment = *films.snapshot->segment;
  switch (facet) {
    case Facet::kRating:
      return count_column(segment.rating_bands, films, way, [&](Row row) {
        return segment.rating[row] < 0 ? FilmNumbers::kAbsent : rating_band(segment.rating[row]);
      });
    case Facet::kDuration:
      return count_column(segment.duration_bands, films, way, [&](Row row) {
        return segment.duration[row] < 0 ? FilmNumbers::kAbsent : duration_band(segment.duration[row]);
      });
    case Facet::kAgeRating:
      return count_column(segment.age_ratings, films, way,
                          [&](Row row) { return std::int32_t{segment.age_rating[row]}; });
    default:
      return count_column(segment.years, films, way,
                          [&](Row row) { return std::int32_t{segment.year[row]}; });
  }
}

// A film may have one genre in two spellings.
void add_genres(const Segment& segment, const std::vector<std::uint32_t>& genre_of,
                std::vector<std::size_t>& counts, Row row) {
  const std::uint32_t* const values = segment.genre_values.data();
  const std::uint32_t* const first = values + segment.genre_offsets[row];
  const std::uint32_t* const last = values + segment.genre_offsets[row + 1];
  for (const std::uint32_t* value = first; value != last; ++value) {
    const std::uint32_t genre = genre_of[*value];
    const bool is_counted =
        std::any_of(first, value, [&](std::uint32_t other) { return genre_of[other] == genre; });
    if (!is_counted) ++counts[genre];
  }
}

/// Adds the films of the delta.
void add_changed(NumberCounts& counts, Facet facet, const FacetFilms& films) {
  std::vector<std::size_t> more;  // by value - kAbsent: values are small, the widest are years
  for (const DeltaEntry* film : films.changed) {
    const auto at = static_cast<std::size_t>(number_of(facet, film->numbers) - FilmNumbers::kAbsent);
    if (at >= more.size()) more.resize(at + 1);
    ++more[at];
  }
  for (std::size_t at = 0; at < more.size(); ++at) {
    if (more[at] > 0) counts[static_cast<std::int32_t>(at) + FilmNumbers::kAbsent] += more[at];
  }
}

/// Films of the delta by the number of a text that they have.
class NumberedCounts {
 public:
  void add(std::uint32_t number, const DeltaEntry& film) {
    if (number >= counts_.size()) counts_.resize(number + 1);
    Count& count = counts_[number];
    if (count.films++ == 0) count.one = film.row;
  }
  /// `text_of(row, number)`: the text of a number that the row has.
  template <class TextOf>
  void add_to(TextCounts& counts, TextOf text_of) const {
    for (std::uint32_t number = 0; number < counts_.size(); ++number) {
      const Count& count = counts_[number];
      if (count.films > 0) counts[text_of(*count.one, number)] += count.films;
    }
  }

 private:
  struct Count {
    std::size_t films = 0;
    const FilmRow* one = nullptr;
  };
  std::vector<Count> counts_;
};

}  // namespace

NumberCounts count_numbers(Facet facet, const FacetFilms& films, std::optional<CountBy> way) {
  NumberCounts counts = count_segment(facet, films, way);
  add_changed(counts, facet, films);
  counts.erase(FilmNumbers::kAbsent);
  return counts;
}

TextCounts count_genres(const FacetFilms& films, std::optional<CountBy> way) {
  const Segment& segment = *films.snapshot->segment;
  std::vector<std::uint32_t> folded_of;
  for (const SpellingPosting& spelling : segment.spellings) folded_of.push_back(spelling.folded);
  const auto counts = count(
      films, way, segment.genres.size(), kCostOfGenres,
      [&](std::size_t i) -> const CountedPosting& { return segment.films(segment.genres[i]); },
      [&](std::vector<std::size_t>& to, Row row) { add_genres(segment, folded_of, to, row); });
  TextCounts result;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) result[segment.spellings[segment.genres[i].first].genre.folded] = counts[i];
  }
  NumberedCounts changed;
  for (const DeltaEntry* film : films.changed) {
    for (const std::uint32_t number : film->facets.genres(*film->row)) changed.add(number, *film);
  }
  changed.add_to(result, genre_with_number);
  return result;
}

TextCounts count_sources(const FacetFilms& films, std::optional<CountBy> way) {
  const Segment& segment = *films.snapshot->segment;
  const auto counts = count(
      films, way, segment.sources.size(), kCostOfANumber,
      [&](std::size_t i) -> const CountedPosting& { return segment.source_rows[i]; },
      [&](std::vector<std::size_t>& to, Row row) { ++to[segment.source[row]]; });
  TextCounts result;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) result[segment.sources[i]] = counts[i];
  }
  NumberedCounts changed;
  for (const DeltaEntry* film : films.changed) changed.add(film->facets.source, *film);
  changed.add_to(result, [](const FilmRow& row, std::uint32_t) -> const std::string& { return row.source; });
  // A film without a source is not counted.
  result.erase("");
  return result;
}

}  // namespace filmoteka::metadata
