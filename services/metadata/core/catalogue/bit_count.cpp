#include <metadata/core/catalogue/bit_count.hpp>
#include <metadata/core/catalogue/multiversion.hpp>

#if FILMOTEKA_HAS_AVX2_TWINS
#include <immintrin.h>
#endif

namespace filmoteka::metadata {
namespace {

#if FILMOTEKA_HAS_AVX2_TWINS

// W. Muła, N. Kurz, D. Lemire: Faster Population Counts Using AVX2 Instructions, The Computer Journal 61(1),
// 2018: each half of a byte is looked up in a table of 16. Twice as fast here as popcnt on words; their
// Harley-Seal adders gain another tenth and are left out.
constexpr std::size_t kLane = 4;           // words in a vector
constexpr std::size_t kBlock = 8 * kLane;  // the sums of eight vectors fit into bytes

FILMOTEKA_FOR_AVX2 inline __m256i load(const std::uint64_t* words) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(words));
}

FILMOTEKA_FOR_AVX2 inline __m256i bits_of_bytes(__m256i vector) {
  const __m256i bits = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2,
                                        3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i half = _mm256_set1_epi8(15);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(vector, 4), half);
  return _mm256_add_epi8(_mm256_shuffle_epi8(bits, _mm256_and_si256(vector, half)),
                         _mm256_shuffle_epi8(bits, high));
}

FILMOTEKA_FOR_AVX2 inline std::size_t sum_of(__m256i vector) {
  alignas(32) std::uint64_t words[kLane];
  _mm256_store_si256(reinterpret_cast<__m256i*>(words), vector);
  return words[0] + words[1] + words[2] + words[3];
}

FILMOTEKA_FOR_AVX2 std::size_t common_by_vectors(const std::uint64_t* a, const std::uint64_t* b,
                                                 std::size_t size) {
  __m256i total = _mm256_setzero_si256();
  std::size_t i = 0;
  for (; i + kBlock <= size; i += kBlock) {
    __m256i bytes = _mm256_setzero_si256();
    for (std::size_t k = i; k < i + kBlock; k += kLane) {
      bytes = _mm256_add_epi8(bytes, bits_of_bytes(_mm256_and_si256(load(a + k), load(b + k))));
    }
    total = _mm256_add_epi64(total, _mm256_sad_epu8(bytes, _mm256_setzero_si256()));
  }
  std::size_t count = sum_of(total);
  for (; i < size; ++i) count += static_cast<std::size_t>(__builtin_popcountll(a[i] & b[i]));
  return count;
}

#endif

std::size_t common(const std::uint64_t* a, const std::uint64_t* b, std::size_t size) {
#if FILMOTEKA_HAS_AVX2_TWINS
  if (has_avx2()) return common_by_vectors(a, b, size);
#endif
  std::size_t count = 0;
  for (std::size_t i = 0; i < size; ++i) count += static_cast<std::size_t>(__builtin_popcountll(a[i] & b[i]));
  return count;
}

}  // namespace

std::size_t count_bits(std::span<const std::uint64_t> words) {
  return common(words.data(), words.data(), words.size());
}

std::size_t count_common_bits(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  return common(a.data(), b.data(), a.size());
}

}  // namespace filmoteka::metadata
