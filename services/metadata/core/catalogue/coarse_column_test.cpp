#include <gtest/gtest.h>
#include <metadata/core/catalogue/coarse_column.hpp>
#include <metadata/core/catalogue/radix_sort.hpp>
#include <metadata/core/query/within.hpp>
#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <span>

namespace filmoteka::metadata {
namespace {

constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

std::vector<Row> ascending_with_absent_last(const std::vector<std::int32_t>& values) {
  std::vector<std::uint64_t> keys;
  for (const std::int32_t value : values) {
    keys.push_back(value < 0 ? kLastOrderKey : static_cast<std::uint64_t>(value));
  }
  return sorted_rows(keys);
}

Bitmap rows_within(const std::vector<std::int32_t>& values, std::int64_t from, std::int64_t to) {
  Bitmap rows(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] >= from && values[i] <= to) rows.set(i);
  }
  return rows;
}

/// As questions do it: some words at a time.
template <class T>
void keep_in_pieces(const std::vector<T>& values, const CoarseColumn& coarse, std::int64_t from,
                    std::int64_t to, Bitmap& rows) {
  constexpr std::size_t kPiece = 3 * Bitmap::kBits;
  for (std::size_t first = 0; first < values.size(); first += kPiece) {
    const std::size_t size = std::min(kPiece, values.size() - first);
    const std::size_t words = (size + Bitmap::kBits - 1) / Bitmap::kBits;
    keep_within(std::span(values).subspan(first, size), coarse, std::span(coarse.group).subspan(first, size),
                from, to, rows.words().subspan(first / Bitmap::kBits, words));
  }
}

TEST(CoarseColumn, RangesAreExactWhateverTheSizesAndTies) {
  testing::Random random(3);
  for (const std::size_t size : {0U, 1U, 63U, 64U, 255U, 256U, 257U, 3'000U}) {
    for (const std::int64_t distinct : {1, 5, 100'000}) {
      std::vector<std::int32_t> values;
      for (std::size_t i = 0; i < size; ++i) {
        values.push_back(random.chance(10) ? -1 : static_cast<std::int32_t>(random.between(0, distinct)));
      }
      const CoarseColumn coarse = make_coarse_column(values, ascending_with_absent_last(values));
      for (int i = 0; i < 40; ++i) {
        const std::int64_t from = random.between(0, distinct);
        const std::int64_t to = random.chance(30) ? kHighest : random.between(from, distinct);
        Bitmap rows(size, true);
        keep_in_pieces(values, coarse, from, to, rows);
        EXPECT_EQ(rows, rows_within(values, from, to)) << size << " " << from << " " << to;
      }
    }
  }
}

TEST(CoarseColumn, ARangeBeyondAllValuesIsEmpty) {
  const std::vector<std::int64_t> values = {7, -5, 7, 9};
  const CoarseColumn coarse = make_coarse_column(values, std::vector<Row>{1, 0, 2, 3});
  for (const auto& [from, to] : {std::pair<std::int64_t, std::int64_t>{10, 20}, {-9, -6}, {8, 8}}) {
    Bitmap rows(values.size(), true);
    keep_in_pieces(values, coarse, from, to, rows);
    EXPECT_EQ(rows.count(), 0U) << from;
  }
}

}  // namespace
}  // namespace filmoteka::metadata
