#include <scraper/core/source/digest.hpp>

#include <cstdint>

namespace filmoteka::scraper {

std::string digest_of(std::string_view text) {
  constexpr std::uint64_t kOffset = 14'695'981'039'346'656'037ULL;
  constexpr std::uint64_t kPrime = 1'099'511'628'211ULL;
  constexpr std::string_view kHex = "0123456789abcdef";
  std::uint64_t hash = kOffset;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  std::string digits(16, '0');
  for (std::size_t i = 16; i-- > 0; hash >>= 4U) digits[i] = kHex[hash & 0xFU];
  return digits;
}

}  // namespace filmoteka::scraper
