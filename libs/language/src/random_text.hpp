/// For tests: words as people type them, and what they would never type.
#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace filmoteka::language {

/// The same sequence for the same seed.
class RandomText {
 public:
  explicit RandomText(unsigned seed) : random_(seed) {}

  /// Up to 12 pieces (every 50th time 200): mostly letters of one script, sometimes of both, sometimes any
  /// bytes.
  std::string next() {
    const std::size_t pieces = below(50) == 0 ? 200 : below(13);
    const std::size_t kind = below(4);
    std::string text;
    for (std::size_t i = 0; i < pieces; ++i) append(text, kind);
    return text;
  }

 private:
  static constexpr std::array<std::string_view, 33> kRussian = {
      "а", "б", "в", "г", "д", "е", "ё", "ж", "з", "и", "й", "к", "л", "м", "н", "о", "п",
      "р", "с", "т", "у", "ф", "х", "ц", "ч", "ш", "щ", "ъ", "ы", "ь", "э", "ю", "я"};
  static constexpr std::array<std::string_view, 8> kOdd = {"😀", "ї", "é", "7", "'", "-", "\u0301", "世"};

  std::size_t below(std::size_t limit) { return random_() % limit; }
  void append(std::string& text, std::size_t kind) {
    const std::size_t piece = kind == 3 ? below(4) : kind;
    if (piece == 0) text += kRussian[below(kRussian.size())];
    if (piece == 1) text += static_cast<char>('a' + below(26));
    if (piece == 2) text += kOdd[below(kOdd.size())];
    if (piece == 3) text += static_cast<char>(below(256));
  }

  std::mt19937 random_;
};

}  // namespace filmoteka::language
