#include "russian_letters.hpp"

#include <filmoteka/base/utf8.hpp>

namespace filmoteka::language {

std::optional<std::string> to_letters(std::string_view folded_word) {
  constexpr char32_t kFirst = U'а';
  constexpr char32_t kLast = U'я';
  std::string letters;
  letters.reserve(folded_word.size() / 2);
  while (!folded_word.empty()) {
    const char32_t c = take_code_point(folded_word);
    if (c < kFirst || c > kLast) return std::nullopt;
    letters += static_cast<char>(0xE0 + (c - kFirst));
  }
  return letters;
}

}  // namespace filmoteka::language
