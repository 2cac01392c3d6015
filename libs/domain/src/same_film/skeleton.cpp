#include "same_film/skeleton.hpp"

#include <filmoteka/base/utf8.hpp>

#include <array>

namespace filmoteka::domain {
namespace {

// а–я (U+0430–U+044F) by BGN/PCGN.
constexpr std::array<std::string_view, 32> kRomanised = {
    "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "y",    "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya"};

std::string_view romanised(char32_t c) {
  if (c >= 0x430 && c <= 0x44F) return kRomanised[c - 0x430];
  switch (c) {
    case U'і':
    case U'ї':
      return "i";
    case U'є':
      return "ye";
    case U'ґ':
      return "g";
    case U'ў':
      return "u";
    default:
      return {};
  }
}

std::string romanise(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    const std::string_view before = text;
    const char32_t c = take_code_point(text);
    const bool is_sign = c == U'ь' || c == U'ъ';
    const std::string_view latin = romanised(c);
    result += latin.empty() && !is_sign ? before.substr(0, before.size() - text.size()) : latin;
  }
  return result;
}

/// Writes letters so that none is doubled and "ie" becomes "e".
class Skeleton {
 public:
  explicit Skeleton(std::size_t expected) { text_.reserve(expected); }
  void add(char c) {
    if (c == 'e' && text_.ends_with('i')) text_.pop_back();
    const bool is_letter = (c >= 'a' && c <= 'z');
    if (is_letter && text_.ends_with(c)) return;
    text_ += c;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// The letter that stands for the digraph at `text[at]`; 0 if there is none.
char digraph(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return 0;
  const char first = text[at];
  const char second = text[at + 1];
  if (second == 'h') {
    if (first == 'z') return 'z';
    if (first == 's') return 's';
    if (first == 'c') return 'c';
    if (first == 'k') return 'h';
    if (first == 'p') return 'f';
  }
  if (first == 't' && (second == 's' || second == 'z')) return 'c';
  if ((first == 'y' || first == 'j') && second == 'o') return 'e';
  return 0;
}

void add_letter(char c, Skeleton& out) {
  switch (c) {
    case 'y':
    case 'j':
      return out.add('i');
    case 'w':
      return out.add('v');
    case 'q':
      return out.add('k');
    case 'x':
      out.add('k');
      return out.add('s');
    default:
      return out.add(c);
  }
}

}  // namespace

std::string skeleton_of(std::string_view text) {
  const std::string latin = romanise(text);
  Skeleton skeleton(latin.size());
  for (std::size_t i = 0; i < latin.size(); ++i) {
    if (const char letter = digraph(latin, i); letter != 0) {
      skeleton.add(letter);
      ++i;
    } else {
      add_letter(latin[i], skeleton);
    }
  }
  return skeleton.take();
}

}  // namespace filmoteka::domain
