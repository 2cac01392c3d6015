/// Where words begin, for loops over very many texts.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace filmoteka::metadata {

/// Bit i: byte i of the 64 is a space.
inline std::uint64_t spaces_in(const char* bytes) {
  std::uint64_t spaces = 0;
#ifdef __SSE2__
  for (unsigned i = 0; i < 64; i += 16) {
    const __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    const auto equal =
        static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(part, _mm_set1_epi8(' '))));
    spaces |= std::uint64_t{equal} << i;
  }
#else
  for (unsigned i = 0; i < 64; ++i) spaces |= std::uint64_t{bytes[i] == ' '} << i;
#endif
  return spaces;
}

/// Calls `visit(at)` with the place of each space, until it says false. Several times as quick as looking for
/// one after another where words are short.
template <class Visitor>
void for_each_space(std::string_view text, Visitor visit) {
  constexpr std::size_t kBlock = 64;
  for (std::size_t first = 0; first < text.size(); first += kBlock) {
    const std::size_t left = text.size() - first;
    char tail[kBlock];  // NOLINT: what is used of it is set
    const char* block = text.data() + first;
    if (left < kBlock) {
      std::memset(tail, 0, kBlock);
      std::memcpy(tail, block, left);
      block = tail;
    }
    for (std::uint64_t spaces = spaces_in(block); spaces != 0; spaces &= spaces - 1) {
      if (!visit(first + static_cast<std::size_t>(std::countr_zero(spaces)))) return;
    }
  }
}

}  // namespace filmoteka::metadata
