#include "charset_detection.hpp"

#include <filmoteka/base/utf8.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace filmoteka::markup {

namespace {

constexpr std::size_t kLooked = 64 * 1024;

/// Where the 32 small letters from а to я stand (ё aside), and the capital ones.
struct Cyrillic {
  std::string_view charset;
  std::array<std::uint8_t, 32> small;
  std::array<std::uint8_t, 32> capital;
};

constexpr std::array<std::uint8_t, 32> row(std::uint8_t first) {
  std::array<std::uint8_t, 32> places{};
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::uint8_t>(first + i);
  return places;
}

/// The alphabet in the order of KOI8's Latin letters.
constexpr std::array<std::uint8_t, 32> koi(std::uint8_t first) {
  constexpr std::array<std::uint8_t, 32> kOrder = {1,  2,  23, 7,  4,  5,  22, 26, 9,  10, 11,
                                                   12, 13, 14, 15, 16, 18, 19, 20, 21, 6,  8,
                                                   3,  30, 27, 29, 31, 25, 24, 28, 0,  17};
  std::array<std::uint8_t, 32> places{};
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::uint8_t>(first + kOrder[i]);
  return places;
}

/// IBM 866 has the small letters in two pieces.
constexpr std::array<std::uint8_t, 32> ibm866_small() {
  auto places = row(0xA0);
  for (std::size_t i = 16; i < places.size(); ++i) places[i] = static_cast<std::uint8_t>(0xE0 + i - 16);
  return places;
}

constexpr std::array<Cyrillic, 4> kCyrillic = {{{"windows-1251", row(0xE0), row(0xC0)},
                                                {"koi8-r", koi(0xC0), koi(0xE0)},
                                                {"ibm866", ibm866_small(), row(0x80)},
                                                {"iso-8859-5", row(0xD0), row(0xB0)}}};

/// Per mille in Russian texts, from а to я.
constexpr std::array<int, 32> kFrequency = {80, 16, 45, 17, 30, 85, 9, 17, 74, 12, 35, 44, 32, 67, 110, 28,
                                            47, 55, 63, 26, 3,  10, 5, 14, 7,  4,  1,  19, 17, 3,  6,   20};

/// Against a charset in which letters meet that no word has together.
constexpr long kMixed = 60;

/// How much the bytes look like Russian in this charset: frequent letters count for it, letters that are
/// rare, capitals after small letters and bytes that are no letters against it, and letters of both alphabets
/// in one word.
long score(std::string_view bytes, const Cyrillic& charset) {
  std::array<int, 256> worth{};
  std::array<bool, 256> is_small{};
  std::array<bool, 256> is_capital{};
  for (std::size_t i = 0x80; i < worth.size(); ++i) worth[i] = -40;
  for (std::size_t i = 0; i < 32; ++i) {
    worth[charset.small[i]] = kFrequency[i] - 15;
    worth[charset.capital[i]] = kFrequency[i] / 2 - 15;
    is_small[charset.small[i]] = true;
    is_capital[charset.capital[i]] = true;
  }
  long sum = 0;
  std::uint8_t before = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    sum += worth[byte];
    if (is_small[before] && is_capital[byte]) sum -= kMixed;
    const bool is_latin = std::isalpha(byte) != 0;
    const bool was_latin = std::isalpha(before) != 0;
    if ((is_latin && before >= 0x80) || (was_latin && byte >= 0x80)) sum -= kMixed;
    before = byte;
  }
  return sum;
}

}  // namespace

std::string_view detect_charset(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return "utf-8";
  bytes = bytes.substr(0, kLooked);
  std::string_view best = "windows-1252";
  long most = 0;
  for (const auto& charset : kCyrillic) {
    const long now = score(bytes, charset);
    if (now > most) {
      most = now;
      best = charset.charset;
    }
  }
  // Mostly valid UTF-8 with a broken place is still UTF-8.
  const auto lead = std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & '\xC0') == '\x80'; });
  const auto high = std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & '\x80') != 0; });
  std::string_view rest = bytes;
  std::ptrdiff_t broken = 0;
  while (!rest.empty()) {
    const auto before = rest.size();
    if (take_code_point(rest) == 0xFFFD && before - rest.size() == 1) ++broken;
  }
  return lead > 0 && broken * 20 < high ? "utf-8" : best;
}

}  // namespace filmoteka::markup
