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

// The same rows with groups of equal keys in reverse order; rows without a value stay at the end.
std::vector<Row> reversed_groups(const std::vector<Row>& rows, const std::vector<std::uint64_t>& keys) {
  std::vector<Row> reversed;
  reversed.reserve(rows.size());
  const auto valued =
      std::partition_point(rows.begin(), rows.end(), [&](Row row) { return keys[row] != kLastOrderKey; });
  for (auto last = valued; last != rows.begin();) {
    auto first = last - 1;
    while (first != rows.begin() && keys[*(first - 1)] == keys[*first]) --first;
    reversed.insert(reversed.end(), first, last);
    last = first;
  }
  reversed.insert(reversed.end(), valued, rows.end());
  return reversed;
}

Permutation with_ranks(std::vector<Row> rows) {
  Permutation order{std::move(rows), {}};
  order.ranks.resize(order.rows.size());
  for (std::size_t position = 0; position < order.rows.size(); ++position) {
    order.ranks[order.rows[position]] = static_cast<std::uint32_t>(position);
  }
  return order;
}

std::vector<std::uint64_t> ascending_keys(const Segment& segment, SortKey key) {
  std::vector<std::uint64_t> keys(segment.size());
  for (Row row = 0; row < keys.size(); ++row) {
    keys[row] = order_key(segment.numbers(row), 2 * std::uint64_t{segment.title_rank[row]} + 1, {key, false});
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
    renumbered[value] = static_cast<std::uint32_t>(segment.genres.size());
    segment.genres.push_back({values[value], Posting(std::move(rows[value]), segment.size())});
  }
  for (std::uint32_t& value : segment.genre_values) value = renumbered[value];
}

void index_years(Segment& segment) {
  std::map<std::int16_t, std::vector<Row>> rows;
  for (Row row = 0; row < segment.size(); ++row) rows[segment.year[row]].push_back(row);
  for (auto& [year, of_year] : rows) {
    segment.years.push_back({year, Posting(std::move(of_year), segment.size())});
  }
}

void index_orders(Segment& segment) {
  for (std::size_t i = 0; i < kSortKeys; ++i) {
    const auto key = static_cast<SortKey>(i);
    const auto keys = ascending_keys(segment, key);
    std::vector<Row> rows = sorted_rows(keys);
    segment.orders[SortOrder{key, true}.index()] = with_ranks(reversed_groups(rows, keys));
    segment.orders[SortOrder{key, false}.index()] = with_ranks(std::move(rows));
  }
}

}  // namespace filmoteka::metadata
