#include <metadata/core/catalogue/bands.hpp>
#include <metadata/core/catalogue/order_key.hpp>
#include <metadata/core/catalogue/radix_sort.hpp>
#include <metadata/core/catalogue/segment_index.hpp>

#include <algorithm>
#include <map>
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

template <class ValueOf>
std::vector<NumberPosting> postings_of(const Segment& segment, ValueOf value_of) {
  std::map<std::int32_t, std::vector<Row>> rows;
  for (Row row = 0; row < segment.size(); ++row) rows[value_of(row)].push_back(row);
  std::vector<NumberPosting> postings;
  for (auto& [value, of_value] : rows) postings.push_back({value, counted(segment, std::move(of_value))});
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

void index_titles(Segment& segment, const TextColumn& keys_by_row) {
  segment.title_rank.resize(segment.size());
  for (const Row row : rows_by_title(keys_by_row)) {
    const std::size_t known = segment.title_keys.size();
    if (known == 0 || segment.title_keys[known - 1] != keys_by_row[row]) {
      segment.title_keys.push_back(keys_by_row[row]);
    }
    segment.title_rank[row] = static_cast<std::uint32_t>(segment.title_keys.size() - 1);
  }
}

void index_genres(Segment& segment, const std::vector<Genre>& values) {
  std::vector<std::vector<Row>> rows(values.size());
  for (Row row = 0; row < segment.size(); ++row) {
    for (auto i = segment.genre_offsets[row]; i < segment.genre_offsets[row + 1]; ++i) {
      auto& of_value = rows[segment.genre_values[i]];
      if (of_value.empty() || of_value.back() != row) of_value.push_back(row);
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
  std::vector<std::vector<Row>> sources(segment.sources.size());
  for (Row row = 0; row < segment.size(); ++row) sources[segment.source[row]].push_back(row);
  for (std::vector<Row>& rows : sources) segment.source_rows.push_back(counted(segment, std::move(rows)));
  segment.years = postings_of(segment, [&](Row row) { return std::int32_t{segment.year[row]}; });
  segment.rating_bands = postings_of(segment, [&](Row row) {
    return segment.rating[row] < 0 ? FilmNumbers::kAbsent : rating_band(segment.rating[row]);
  });
  segment.duration_bands = postings_of(segment, [&](Row row) {
    return segment.duration[row] < 0 ? FilmNumbers::kAbsent : duration_band(segment.duration[row]);
  });
  segment.age_ratings = postings_of(segment, [&](Row row) { return std::int32_t{segment.age_rating[row]}; });
}

void index_order(Segment& segment, SortKey key) {
  const auto keys = ascending_keys(segment, key);
  std::vector<Row> rows = sorted_rows(keys);
  if (key == SortKey::kAddedAt) segment.added_at_coarse = make_coarse_column(segment.added_at, rows);
  if (key == SortKey::kDuration) segment.duration_coarse = make_coarse_column(segment.duration, rows);
  segment.orders[SortOrder{key, true}.index()] = reversed_groups(rows, keys);
  segment.orders[SortOrder{key, false}.index()] = std::move(rows);
  for (const bool descending : {true, false}) {
    const std::size_t order = SortOrder{key, descending}.index();
    segment.active_before[order] = make_order_ranks(segment.orders[order], segment.active);
  }
}

}  // namespace filmoteka::metadata
