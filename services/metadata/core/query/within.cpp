#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/multiversion.hpp>
#include <metadata/core/query/within.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#if FILMOTEKA_HAS_AVX2_TWINS
#include <immintrin.h>
#endif

namespace filmoteka::metadata {
namespace {

template <class T>
std::uint64_t within_one_by_one(const T* column, std::size_t size, T from, T to) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < size; ++i) {
    word |= std::uint64_t{column[i] >= from && column[i] <= to} << i;
  }
  return word;
}

template <class T>
void keep_one_by_one(const T* column, std::size_t size, T from, T to, std::uint64_t* words) {
  for (std::size_t first = 0; first < size; first += Bitmap::kBits, ++words) {
    if (*words != 0) {
      *words &= within_one_by_one(column + first, std::min(size - first, Bitmap::kBits), from, to);
    }
  }
}

#if FILMOTEKA_HAS_AVX2_TWINS

// 32 rows into 32 bits.
FILMOTEKA_FOR_AVX2 inline std::uint32_t outside(const std::int8_t* column, std::int8_t from, std::int8_t to) {
  const __m256i values = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(column));
  const __m256i out = _mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(from), values),
                                      _mm256_cmpgt_epi8(values, _mm256_set1_epi8(to)));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(out));
}

FILMOTEKA_FOR_AVX2 inline __m256i outside16(const std::int16_t* column, std::int16_t from, std::int16_t to) {
  const __m256i values = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(column));
  return _mm256_or_si256(_mm256_cmpgt_epi16(_mm256_set1_epi16(from), values),
                         _mm256_cmpgt_epi16(values, _mm256_set1_epi16(to)));
}

FILMOTEKA_FOR_AVX2 inline std::uint32_t outside(const std::int16_t* column, std::int16_t from,
                                                std::int16_t to) {
  // packs works within halves of the vectors; the permutation puts them in order again.
  constexpr int kHalvesInOrder = 0xD8;
  const __m256i packed = _mm256_packs_epi16(outside16(column, from, to), outside16(column + 16, from, to));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_permute4x64_epi64(packed, kHalvesInOrder)));
}

template <class T>
FILMOTEKA_FOR_AVX2 void keep_by_vectors(const T* column, std::size_t size, T from, T to,
                                        std::uint64_t* words) {
  const std::size_t whole = size / Bitmap::kBits;
  for (std::size_t i = 0; i < whole; ++i, column += Bitmap::kBits) {
    if (words[i] == 0) continue;
    words[i] &= ~(outside(column, from, to) | std::uint64_t{outside(column + 32, from, to)} << 32);
  }
  keep_one_by_one(column, size - whole * Bitmap::kBits, from, to, words + whole);
}

#endif

template <class T>
void keep(const T* column, std::size_t size, T from, T to, std::uint64_t* words) {
#if FILMOTEKA_HAS_AVX2_TWINS
  if (has_avx2()) return keep_by_vectors(column, size, from, to, words);
#endif
  keep_one_by_one(column, size, from, to, words);
}

std::int8_t group_number(std::ptrdiff_t group) {
  return static_cast<std::int8_t>(group + std::int8_t{-128});
}

// Removes the rows of one group whose value is outside.
template <class T>
void keep_edge(std::span<const T> column, std::span<const std::int8_t> groups, std::int8_t group,
               std::int64_t from, std::int64_t to, std::span<std::uint64_t> words) {
  constexpr std::size_t kBlock = 64;  // words
  std::array<std::uint64_t, kBlock> edge;
  for (std::size_t first = 0; first < words.size(); first += kBlock) {
    const auto block = words.subspan(first, std::min(kBlock, words.size() - first));
    const std::size_t first_row = first * Bitmap::kBits;
    std::copy(block.begin(), block.end(), edge.begin());
    keep(groups.data() + first_row, std::min(groups.size() - first_row, kBlock * Bitmap::kBits), group, group,
         edge.data());
    for (std::size_t w = 0; w < block.size(); ++w) {
      for (std::uint64_t rows = edge[w]; rows != 0; rows &= rows - 1) {
        const std::uint64_t row = rows & -rows;
        const T value =
            column[first_row + w * Bitmap::kBits + static_cast<std::size_t>(std::countr_zero(row))];
        if (value < from || value > to) block[w] &= ~row;
      }
    }
  }
}

template <class T>
void keep_coarse(std::span<const T> column, const CoarseColumn& coarse, std::span<const std::int8_t> groups,
                 std::int64_t from, std::int64_t to, std::span<std::uint64_t> words) {
  // Groups before `first` are below, groups from `end` are above.
  const auto first =
      std::lower_bound(coarse.highest.begin(), coarse.highest.end(), from) - coarse.highest.begin();
  const auto end = std::upper_bound(coarse.lowest.begin(), coarse.lowest.end(), to) - coarse.lowest.begin();
  if (first >= end) {
    std::fill(words.begin(), words.end(), 0);
    return;
  }
  keep_within(groups, group_number(first), group_number(end - 1), words);
  const auto keep_edge_of = [&](std::ptrdiff_t group) {
    const auto at = static_cast<std::size_t>(group);
    if (coarse.lowest[at] >= from && coarse.highest[at] <= to) return;
    keep_edge(column, groups, group_number(group), from, to, words);
  };
  keep_edge_of(first);
  if (end - 1 != first) keep_edge_of(end - 1);
}

}  // namespace

void keep_within(std::span<const std::int8_t> column, std::int8_t from, std::int8_t to,
                 std::span<std::uint64_t> words) {
  keep(column.data(), column.size(), from, to, words.data());
}
void keep_within(std::span<const std::int16_t> column, std::int16_t from, std::int16_t to,
                 std::span<std::uint64_t> words) {
  keep(column.data(), column.size(), from, to, words.data());
}
void keep_within(std::span<const std::int32_t> column, const CoarseColumn& coarse,
                 std::span<const std::int8_t> groups, std::int64_t from, std::int64_t to,
                 std::span<std::uint64_t> words) {
  keep_coarse(column, coarse, groups, from, to, words);
}
void keep_within(std::span<const std::int64_t> column, const CoarseColumn& coarse,
                 std::span<const std::int8_t> groups, std::int64_t from, std::int64_t to,
                 std::span<std::uint64_t> words) {
  keep_coarse(column, coarse, groups, from, to, words);
}

}  // namespace filmoteka::metadata
