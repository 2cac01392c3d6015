#include <metadata/core/catalogue/bands.hpp>
#include <metadata/core/catalogue/merged_index.hpp>
#include <metadata/core/catalogue/order_key.hpp>
#include <metadata/core/catalogue/radix_sort.hpp>
#include <metadata/core/catalogue/segment_index.hpp>

#include <algorithm>
#include <limits>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

namespace filmoteka::metadata {
namespace {

// The first eight bytes as a number that orders as they do.
std::uint64_t prefix_of(std::string_view key) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  }
  return prefix;
}

std::vector<Row> rows_by_title(const TextColumn& keys) {
  std::vector<std::uint64_t> prefixes(keys.size());
  for (std::size_t row = 0; row < keys.size(); ++row) prefixes[row] = prefix_of(keys[row]);
  std::vector<Row> rows = sorted_rows(prefixes);
  for (auto first = rows.begin(); first != rows.end();) {
    const auto last =
        std::find_if(first, rows.end(), [&](Row row) { return prefixes[row] != prefixes[*first]; });
    if (last - first > 1) {
      std::stable_sort(first, last, [&](Row a, Row b) { return keys[a] < keys[b]; });
    }
    first = last;
  }
  return rows;
}

std::vector<std::uint64_t> ascending_keys(const Segment& segment, SortKey key) {
  std::vector<std::uint64_t> keys(segment.size());
  for (Row row = 0; row < keys.size(); ++row) {
    const std::uint64_t title = key == SortKey::kTitle ? 2 * std::uint64_t{segment.title_rank[row]} + 1 : 0;
    keys[row] = order_key(segment.numbers(row), title, {key, false});
  }
  return keys;
}

// The numbers 0 … values.size() - 1 in the order of folded form, then spelling.
std::vector<std::uint32_t> genre_order(const std::vector<Genre>& values) {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(values[a].folded, values[a].shown) < std::tie(values[b].folded, values[b].shown);
  });
  return order;
}

CountedPosting counted(const Segment& segment, std::vector<Row> rows) {
  CountedPosting posting{Posting(std::move(rows), segment.size()), 0};
  posting.active = posting.rows.count_in(segment.active);
  return posting;
}

// Lists of rows by small numbers: counted first, so that each has its room.
class RowLists {
 public:
  explicit RowLists(const std::vector<std::uint32_t>& sizes) : lists_(sizes.size()) {
    for (std::size_t i = 0; i < sizes.size(); ++i) lists_[i].reserve(sizes[i]);
  }
  void add(std::size_t number, Row row) { lists_[number].push_back(row); }
  std::vector<Row>& operator[](std::size_t number) { return lists_[number]; }
  std::size_t size() const { return lists_.size(); }

 private:
  std::vector<std::vector<Row>> lists_;
};

// Values from `lowest` to `highest`.
template <class ValueOf>
std::vector<NumberPosting> postings_of(const Segment& segment, std::int32_t lowest, std::int32_t highest,
                                       ValueOf value_of) {
  const auto number_of = [&](Row row) {
    return static_cast<std::size_t>(value_of(row) - lowest);
  };
  std::vector<std::uint32_t> sizes(static_cast<std::size_t>(highest - lowest) + 1);
  for (Row row = 0; row < segment.size(); ++row) ++sizes[number_of(row)];
  RowLists rows(sizes);
  for (Row row = 0; row < segment.size(); ++row) rows.add(number_of(row), row);
  std::vector<NumberPosting> postings;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].empty()) continue;
    postings.push_back({lowest + static_cast<std::int32_t>(i), counted(segment, std::move(rows[i]))});
  }
  return postings;
}

void join_spellings(Segment& segment) {
  const auto& spellings = segment.spellings;
  for (std::size_t first = 0; first < spellings.size();) {
    std::size_t last = first;
    while (last < spellings.size() && spellings[last].genre.folded == spellings[first].genre.folded) {
      segment.spellings[last++].folded = static_cast<std::uint32_t>(segment.genres.size());
    }
    GenrePosting genre{first, last, {}};
    if (last - first > 1) {
      Bitmap any(segment.size());
      for (std::size_t i = first; i < last; ++i) spellings[i].films.rows.add_to(any);
      std::vector<Row> rows;
      any.for_each([&](Row row) { rows.push_back(row); });
      genre.several = counted(segment, std::move(rows));
    }
    segment.genres.push_back(std::move(genre));
    first = last;
  }
}

}  // namespace

void index_titles(Segment& segment, const TextColumn& keys, const CopiedRows& copied) {
  if (copied.from != nullptr) return merge_titles(segment, keys, copied);
  segment.title_rank.resize(segment.size());
  for (const Row row : rows_by_title(keys)) {
    const std::size_t known = segment.title_keys.size();
    if (known == 0 || segment.title_keys[known - 1] != keys[row]) segment.title_keys.push_back(keys[row]);
    segment.title_rank[row] = static_cast<std::uint32_t>(segment.title_keys.size() - 1);
  }
}

void index_genres(Segment& segment, const std::vector<Genre>& values) {
  std::vector<std::uint32_t> sizes(values.size());
  for (const std::uint32_t value : segment.genre_values) ++sizes[value];
  RowLists rows(sizes);
  for (Row row = 0; row < segment.size(); ++row) {
    for (auto i = segment.genre_offsets[row]; i < segment.genre_offsets[row + 1]; ++i) {
      const auto& of_value = rows[segment.genre_values[i]];
      if (of_value.empty() || of_value.back() != row) rows.add(segment.genre_values[i], row);
    }
  }
  std::vector<std::uint32_t> renumbered(values.size());
  for (const std::uint32_t value : genre_order(values)) {
    if (rows[value].empty()) continue;
    renumbered[value] = static_cast<std::uint32_t>(segment.spellings.size());
    segment.spellings.push_back({values[value], counted(segment, std::move(rows[value])), 0});
  }
  for (std::uint32_t& value : segment.genre_values) value = renumbered[value];
  join_spellings(segment);
}

void index_values(Segment& segment) {
  std::vector<std::uint32_t> sizes(segment.sources.size());
  for (const std::uint32_t source : segment.source) ++sizes[source];
  RowLists sources(sizes);
  for (Row row = 0; row < segment.size(); ++row) sources.add(segment.source[row], row);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    segment.source_rows.push_back(counted(segment, std::move(sources[i])));
  }
  constexpr std::int32_t kLowest = FilmNumbers::kAbsent;
  const auto [first, last] = std::minmax_element(segment.year.begin(), segment.year.end());
  const bool is_empty = first == segment.year.end();
  segment.years = postings_of(segment, is_empty ? kLowest : *first, is_empty ? kLowest : *last,
                              [&](Row row) { return std::int32_t{segment.year[row]}; });
  segment.rating_bands = postings_of(segment, kLowest, kRatingBands, [&](Row row) {
    return segment.rating[row] < 0 ? kLowest : rating_band(segment.rating[row]);
  });
  segment.duration_bands = postings_of(segment, kLowest, kDurationBands, [&](Row row) {
    return segment.duration[row] < 0 ? kLowest : duration_band(segment.duration[row]);
  });
  segment.age_ratings =
      postings_of(segment, std::numeric_limits<std::int8_t>::min(), std::numeric_limits<std::int8_t>::max(),
                  [&](Row row) { return std::int32_t{segment.age_rating[row]}; });
}

void index_order(Segment& segment, SortKey key, const CopiedRows& copied) {
  const SortOrder ascending{key, false};
  const SortOrder descending{key, true};
  std::vector<Row>& rows = segment.orders[ascending.index()];
  if (copied.from != nullptr) {
    rows = merged_order(segment, ascending, copied);
    segment.orders[descending.index()] = merged_order(segment, descending, copied);
  } else {
    const auto keys = ascending_keys(segment, key);
    rows = sorted_rows(keys);
    segment.orders[descending.index()] = reversed_groups(rows, keys);
  }
  if (key == SortKey::kAddedAt) segment.added_at_coarse = make_coarse_column(segment.added_at, rows);
  if (key == SortKey::kDuration) segment.duration_coarse = make_coarse_column(segment.duration, rows);
  for (const SortOrder order : {ascending, descending}) {
    segment.active_before[order.index()] = make_order_ranks(segment.orders[order.index()], segment.active);
  }
}

}  // namespace filmoteka::metadata
