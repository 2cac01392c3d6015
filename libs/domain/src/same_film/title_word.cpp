#include "same_film/title_word.hpp"

#include "same_film/homoglyphs.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/text.hpp>

#include <algorithm>

namespace filmoteka::domain {
namespace {

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'`' || c == U'\u2019' || c == U'\u2018' || c == U'\u02BC' || c == U'\u02B9' ||
         c == U'\u02BA' || c == U'\u2032' || c == U'\u2033';
}

bool is_opening(char32_t c) {
  return c == U'(' || c == U'[' || c == U'{';
}

bool is_closing(char32_t c) {
  return c == U')' || c == U']' || c == U'}';
}

bool is_light_break(char32_t c) {
  return c == U',' || c == U'!' || c == U'?' || c == U'"' || c == U'«' || c == U'»' || c == U'\u201C' ||
         c == U'\u201D' || c == U'\u201E' || c == U'…';
}

bool is_dash(char32_t c) {
  return c == U'-' || c == U'\u2013' || c == U'\u2014' || c == U'\u2212';
}

/// Cuts a title at its signs and folds what is between them.
class Tokeniser {
 public:
  explicit Tokeniser(std::string_view title) : rest_(title) { words_.reserve(12); }

  TitleWords run() {
    while (!rest_.empty()) {
      const std::string_view before = rest_;
      const char32_t c = take_code_point(rest_);
      if (!take_sign(c)) piece_.append(before.substr(0, before.size() - rest_.size()));
    }
    flush();
    return std::move(words_);
  }

 private:
  /// False if `c` is part of a word.
  bool take_sign(char32_t c) {
    if (c == U' ') {
      piece_ += ' ';
    } else if (is_opening(c)) {
      cut(Break::kSubtitle);
      bracket_ = ++brackets_;
    } else if (is_closing(c)) {
      cut(Break::kLight);
      bracket_ = 0;
    } else if (c == U':' || c == U'|' || c == U';' || c == U'\uFF1A') {
      cut(Break::kSubtitle);
    } else if (is_light_break(c)) {
      cut(Break::kLight);
    } else if (is_dash(c)) {
      const bool is_apart = piece_.ends_with(' ') && rest_.starts_with(' ');
      is_apart ? cut(Break::kSubtitle) : piece_.push_back(' ');
    } else if (c == U'.') {
      ends_sentence() ? cut(Break::kSubtitle) : piece_.push_back(' ');
    } else if (c == U'&') {
      piece_ += " and ";
    } else if (c == U'½') {
      piece_ += " 1 2";
    } else if (c == U'№' || c == U'#') {
      piece_ += ' ';
    } else if (!is_apostrophe(c)) {
      return false;
    }
    return true;
  }

  /// "Анна Каренина. История" but not "Mr. Smith": the word before is long, and another follows.
  bool ends_sentence() const {
    const std::size_t space = piece_.rfind(' ');
    const std::size_t begin = space == std::string::npos ? 0 : space + 1;
    return rest_.starts_with(' ') && utf8_length(std::string_view(piece_).substr(begin)) > 3;
  }

  void cut(Break strength) {
    flush();
    pending_ = std::max(pending_, strength);
  }

  void flush() {
    if (piece_.empty()) return;
    const std::string folded = fold(piece_);
    piece_.clear();
    for (std::size_t begin = 0; begin < folded.size();) {
      const std::size_t end = std::min(folded.find(' ', begin), folded.size());
      TitleWord& word = words_.emplace_back();
      word.text.assign(folded, begin, end - begin);
      word.before = pending_;
      word.bracket = bracket_;
      pending_ = Break::kNone;
      begin = end + 1;
    }
  }

  std::string_view rest_;
  std::string piece_;
  TitleWords words_;
  Break pending_ = Break::kNone;
  std::uint8_t bracket_ = 0;
  std::uint8_t brackets_ = 0;
};

/// ISO 9 writes я, ю, щ, ц, э as â, û, ŝ, c, è. Only a title with the carons of ž, č, š is taken for ISO 9:
/// "Château" is none.
std::string from_iso_9(std::string_view title) {
  static constexpr std::string_view kCarons[] = {"ž", "č", "š", "Ž", "Č", "Š"};
  const bool has_caron = std::any_of(std::begin(kCarons), std::end(kCarons), [&](std::string_view c) {
    return title.find(c) != std::string_view::npos;
  });
  if (!has_caron) return std::string(title);
  std::string result;
  while (!title.empty()) {
    switch (const char32_t c = take_code_point(title); c) {
      case U'ž':
      case U'Ž':
        result += "zh";
        break;
      case U'č':
      case U'Č':
        result += "ch";
        break;
      case U'š':
      case U'Š':
        result += "sh";
        break;
      case U'ŝ':
      case U'Ŝ':
        result += "shch";
        break;
      case U'â':
      case U'Â':
        result += "ya";
        break;
      case U'û':
      case U'Û':
        result += "yu";
        break;
      case U'c':
      case U'C':
        result += "ts";
        break;
      default:
        append_utf8(result, c);
    }
  }
  return result;
}

}  // namespace

TitleWords title_words(std::string_view title) {
  TitleWords words = Tokeniser(from_iso_9(title)).run();
  unify_scripts(words);
  for (TitleWord& word : words) word.meaning = meaning_of(word.text);
  return words;
}

}  // namespace filmoteka::domain
