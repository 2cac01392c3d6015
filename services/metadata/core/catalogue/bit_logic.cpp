#include <metadata/core/catalogue/bit_logic.hpp>
#include <metadata/core/catalogue/multiversion.hpp>

#include <cstddef>

#if FILMOTEKA_HAS_AVX2_TWINS
#include <immintrin.h>
#endif

namespace filmoteka::metadata {
namespace {

enum class Logic { kKeep, kAdd, kRemove };

template <Logic logic>
void one_by_one(std::uint64_t* set, const std::uint64_t* other, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if constexpr (logic == Logic::kKeep) set[i] &= other[i];
    if constexpr (logic == Logic::kAdd) set[i] |= other[i];
    if constexpr (logic == Logic::kRemove) set[i] &= ~other[i];
  }
}

#if FILMOTEKA_HAS_AVX2_TWINS

constexpr std::size_t kLane = 4;  // words in a vector

template <Logic logic>
FILMOTEKA_FOR_AVX2 void by_vectors(std::uint64_t* set, const std::uint64_t* other, std::size_t size) {
  std::size_t i = 0;
  for (; i + kLane <= size; i += kLane) {
    auto* const to = reinterpret_cast<__m256i*>(set + i);
    const __m256i a = _mm256_loadu_si256(to);
    const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(other + i));
    if constexpr (logic == Logic::kKeep) _mm256_storeu_si256(to, _mm256_and_si256(a, b));
    if constexpr (logic == Logic::kAdd) _mm256_storeu_si256(to, _mm256_or_si256(a, b));
    if constexpr (logic == Logic::kRemove) _mm256_storeu_si256(to, _mm256_andnot_si256(b, a));
  }
  one_by_one<logic>(set + i, other + i, size - i);
}

#endif

template <Logic logic>
void put_together(std::span<std::uint64_t> set, std::span<const std::uint64_t> other) {
#if FILMOTEKA_HAS_AVX2_TWINS
  if (has_avx2()) return by_vectors<logic>(set.data(), other.data(), set.size());
#endif
  one_by_one<logic>(set.data(), other.data(), set.size());
}

}  // namespace

void keep_bits(std::span<std::uint64_t> set, std::span<const std::uint64_t> other) {
  put_together<Logic::kKeep>(set, other);
}
void add_bits(std::span<std::uint64_t> set, std::span<const std::uint64_t> other) {
  put_together<Logic::kAdd>(set, other);
}
void remove_bits(std::span<std::uint64_t> set, std::span<const std::uint64_t> other) {
  put_together<Logic::kRemove>(set, other);
}

}  // namespace filmoteka::metadata
