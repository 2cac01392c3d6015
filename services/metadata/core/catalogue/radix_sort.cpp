#include <metadata/core/catalogue/radix_sort.hpp>

#include <algorithm>
#include <array>
#include <numeric>

namespace filmoteka::metadata {
namespace {

constexpr unsigned kDigitBits = 8;
constexpr std::size_t kDigits = 256;

std::size_t digit(std::uint64_t key, unsigned shift) {
  return static_cast<std::size_t>(key >> shift) & (kDigits - 1);
}

std::array<std::uint32_t, kDigits> start_of_digits(std::span<const std::uint64_t> keys, unsigned shift) {
  std::array<std::uint32_t, kDigits> start{};
  for (const std::uint64_t key : keys) ++start[digit(key, shift)];
  std::exclusive_scan(start.begin(), start.end(), start.begin(), std::uint32_t{0});
  return start;
}

std::uint64_t differing_bits(std::span<const std::uint64_t> keys) {
  std::uint64_t bits = 0;
  for (const std::uint64_t key : keys) bits |= key ^ keys.front();
  return bits;
}

}  // namespace

std::vector<Row> sorted_rows(std::span<const std::uint64_t> keys) {
  std::vector<Row> rows(keys.size());
  std::iota(rows.begin(), rows.end(), Row{0});
  if (keys.empty()) return rows;
  const std::uint64_t differing = differing_bits(keys);
  std::vector<Row> next(keys.size());
  for (unsigned shift = 0; shift < 64; shift += kDigitBits) {
    if (digit(differing, shift) == 0) continue;
    auto start = start_of_digits(keys, shift);
    for (const Row row : rows) next[start[digit(keys[row], shift)]++] = row;
    rows.swap(next);
  }
  return rows;
}

std::vector<Row> reversed_groups(std::span<const Row> rows, std::span<const std::uint64_t> keys) {
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

}  // namespace filmoteka::metadata
