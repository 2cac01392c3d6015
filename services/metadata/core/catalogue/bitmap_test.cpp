#include <gtest/gtest.h>
#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/radix_sort.hpp>
#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <numeric>
#include <set>

namespace filmoteka::metadata {
namespace {

using Rows = std::set<Row>;

Rows random_rows(testing::Random& random, std::size_t size, unsigned percent) {
  Rows rows;
  for (Row row = 0; row < size; ++row) {
    if (random.chance(percent)) rows.insert(row);
  }
  return rows;
}

Bitmap bitmap_of(const Rows& rows, std::size_t size) {
  Bitmap bitmap(size);
  for (const Row row : rows) bitmap.set(row);
  return bitmap;
}

Rows rows_of(const Bitmap& bitmap) {
  Rows rows;
  bitmap.for_each([&](Row row) { rows.insert(rows.end(), row); });
  return rows;
}

TEST(Bitmap, ABitmapOfOnesHasNothingBehindItsEnd) {
  for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 128U, 1'000U}) {
    EXPECT_EQ(Bitmap(size, true).count(), size);
    EXPECT_EQ(Bitmap(size).count(), 0U);
  }
}

TEST(Bitmap, WorksAsASetDoes) {
  testing::Random random(1);
  for (const std::size_t size : {1U, 64U, 65U, 300U, 4'096U}) {
    const Rows a = random_rows(random, size, 30);
    const Rows b = random_rows(random, size, 50);
    Rows both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
    Rows any = a;
    any.insert(b.begin(), b.end());
    Rows only_a;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(only_a, only_a.end()));

    const Bitmap right = bitmap_of(b, size);
    EXPECT_EQ(rows_of(bitmap_of(a, size) &= right), both);
    EXPECT_EQ(rows_of(bitmap_of(a, size) |= right), any);
    EXPECT_EQ(rows_of(bitmap_of(a, size).subtract(right)), only_a);
    EXPECT_EQ(intersection_count(bitmap_of(a, size), right), both.size());
    EXPECT_EQ(right.count(), b.size());
  }
}

TEST(Posting, AnswersAlikeSparseOrDense) {
  testing::Random random(2);
  constexpr std::size_t kSize = 20'000;
  std::size_t most_bytes = 0;
  for (const unsigned percent : {0U, 1U, 40U}) {
    const Rows rows = percent == 1 ? Rows{3, 64, 19'999} : random_rows(random, kSize, percent);
    const Posting posting({rows.begin(), rows.end()}, kSize);
    const Rows others = random_rows(random, kSize, 20);
    Bitmap sum = bitmap_of(others, kSize);
    posting.add_to(sum);
    EXPECT_EQ(sum, bitmap_of(others, kSize) |= bitmap_of(rows, kSize));
    Bitmap rest = bitmap_of(others, kSize);
    posting.remove_from(rest);
    EXPECT_EQ(rest, bitmap_of(others, kSize).subtract(bitmap_of(rows, kSize)));
    Bitmap common = bitmap_of(others, kSize);
    posting.keep_in(common);
    EXPECT_EQ(common, bitmap_of(others, kSize) &= bitmap_of(rows, kSize));
    Bitmap piece_by_piece(kSize);
    for (std::size_t first = 0; first < piece_by_piece.words().size(); first += 3) {
      const auto words = piece_by_piece.words().subspan(first);
      posting.add_to(words.first(std::min<std::size_t>(3, words.size())), first);
    }
    EXPECT_EQ(piece_by_piece, bitmap_of(rows, kSize));
    EXPECT_EQ(posting.count(), rows.size());
    EXPECT_EQ(posting.count_in(bitmap_of(others, kSize)),
              intersection_count(bitmap_of(rows, kSize), bitmap_of(others, kSize)));
    EXPECT_GE(posting.bytes(), most_bytes);
    most_bytes = posting.bytes();
  }
  EXPECT_LT(most_bytes, kSize / 4) << "a dense posting takes a bit a row";
}

TEST(SortedRows, IsAStableSort) {
  testing::Random random(3);
  for (const std::uint64_t highest :
       {std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{70'000}, ~std::uint64_t{0}}) {
    std::vector<std::uint64_t> keys(3'000);
    for (auto& key : keys) key = random.chance(5) ? highest : random.next() % highest;
    std::vector<Row> expected(keys.size());
    std::iota(expected.begin(), expected.end(), 0U);
    std::stable_sort(expected.begin(), expected.end(), [&](Row a, Row b) { return keys[a] < keys[b]; });
    EXPECT_EQ(sorted_rows(keys), expected);
  }
  EXPECT_TRUE(sorted_rows({}).empty());
}

}  // namespace
}  // namespace filmoteka::metadata
