#include <metadata/core/catalogue/multiversion.hpp>
#include <metadata/core/query/within.hpp>

#include <algorithm>
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

template <class T>
void keep_coarse(const std::vector<T>& column, const CoarseColumn& coarse, std::int64_t from, std::int64_t to,
                 Bitmap& rows) {
  // Groups before `first` are below, groups from `end` are above.
  const auto first =
      std::lower_bound(coarse.highest.begin(), coarse.highest.end(), from) - coarse.highest.begin();
  const auto end = std::upper_bound(coarse.lowest.begin(), coarse.lowest.end(), to) - coarse.lowest.begin();
  if (first >= end) {
    rows = Bitmap(rows.size());
    return;
  }
  keep_within(coarse.group, group_number(first), group_number(end - 1), rows);
  for (const std::ptrdiff_t group : {first, end - 1}) {
    const auto at = static_cast<std::size_t>(group);
    if (coarse.lowest[at] >= from && coarse.highest[at] <= to) continue;
    Bitmap edge = rows;
    keep_within(coarse.group, group_number(group), group_number(group), edge);
    edge.for_each([&](Row row) {
      if (column[row] < from || column[row] > to) rows.reset(row);
    });
  }
}

}  // namespace

void keep_within(const std::vector<std::int8_t>& column, std::int8_t from, std::int8_t to, Bitmap& rows) {
  keep(column.data(), column.size(), from, to, rows.words().data());
}
void keep_within(const std::vector<std::int16_t>& column, std::int16_t from, std::int16_t to, Bitmap& rows) {
  keep(column.data(), column.size(), from, to, rows.words().data());
}
void keep_within(const std::vector<std::int32_t>& column, const CoarseColumn& coarse, std::int64_t from,
                 std::int64_t to, Bitmap& rows) {
  keep_coarse(column, coarse, from, to, rows);
}
void keep_within(const std::vector<std::int64_t>& column, const CoarseColumn& coarse, std::int64_t from,
                 std::int64_t to, Bitmap& rows) {
  keep_coarse(column, coarse, from, to, rows);
}

}  // namespace filmoteka::metadata
