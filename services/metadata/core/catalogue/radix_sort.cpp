#include <metadata/core/catalogue/radix_sort.hpp>

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

}  // namespace filmoteka::metadata
