#include <metadata/core/catalogue/multiversion.hpp>
#include <metadata/core/query/within.hpp>

#include <cstddef>
#include <cstring>

namespace filmoteka::metadata {
namespace {

// Below this many rows of a word each is looked at alone; above, all 64 are compared at once.
constexpr int kFewRows = 8;

// One byte (0 or 1) for each of 64 rows into one bit each: the multiplication gathers eight at a time.
inline __attribute__((always_inline)) std::uint64_t pack_bits(const std::uint8_t* flags) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, flags + i * 8, 8);
    word |= ((eight * 0x0102'0408'1020'4080U) >> 56) << (i * 8);
  }
  return word;
}

template <class T>
inline __attribute__((always_inline)) std::uint64_t rows_within(const T* column, std::size_t size,
                                                                std::uint64_t word, T from, T to) {
  if (__builtin_popcountll(word) <= kFewRows || size < Bitmap::kBits) {
    std::uint64_t kept = word;
    for (std::uint64_t left = word; left != 0; left &= left - 1) {
      const T value = column[__builtin_ctzll(left)];
      if (value < from || value > to) kept &= ~(left & (~left + 1));
    }
    return kept;
  }
  std::uint8_t flags[Bitmap::kBits];
  for (std::size_t i = 0; i < Bitmap::kBits; ++i) {
    flags[i] =
        static_cast<std::uint8_t>(static_cast<int>(column[i] >= from) & static_cast<int>(column[i] <= to));
  }
  return word & pack_bits(flags);
}

template <class T>
inline __attribute__((always_inline)) void keep(const T* column, std::size_t size, T from, T to,
                                                std::uint64_t* words) {
  for (std::size_t first = 0; first < size; first += Bitmap::kBits, ++words) {
    if (*words != 0) *words = rows_within(column + first, size - first, *words, from, to);
  }
}

FILMOTEKA_WITH_AVX2 void keep8(const std::int8_t* column, std::size_t size, std::int8_t from, std::int8_t to,
                               std::uint64_t* words) {
  keep(column, size, from, to, words);
}
FILMOTEKA_WITH_AVX2 void keep16(const std::int16_t* column, std::size_t size, std::int16_t from,
                                std::int16_t to, std::uint64_t* words) {
  keep(column, size, from, to, words);
}
FILMOTEKA_WITH_AVX2 void keep32(const std::int32_t* column, std::size_t size, std::int32_t from,
                                std::int32_t to, std::uint64_t* words) {
  keep(column, size, from, to, words);
}
FILMOTEKA_WITH_AVX2 void keep64(const std::int64_t* column, std::size_t size, std::int64_t from,
                                std::int64_t to, std::uint64_t* words) {
  keep(column, size, from, to, words);
}

}  // namespace

void keep_within(const std::vector<std::int8_t>& column, std::int8_t from, std::int8_t to, Bitmap& rows) {
  keep8(column.data(), column.size(), from, to, rows.words().data());
}
void keep_within(const std::vector<std::int16_t>& column, std::int16_t from, std::int16_t to, Bitmap& rows) {
  keep16(column.data(), column.size(), from, to, rows.words().data());
}
void keep_within(const std::vector<std::int32_t>& column, std::int32_t from, std::int32_t to, Bitmap& rows) {
  keep32(column.data(), column.size(), from, to, rows.words().data());
}
void keep_within(const std::vector<std::int64_t>& column, std::int64_t from, std::int64_t to, Bitmap& rows) {
  keep64(column.data(), column.size(), from, to, rows.words().data());
}

}  // namespace filmoteka::metadata
