#include "title/words.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/text.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::domain::titles {
namespace {

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  const bool is_sign = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
                       (c >= 0x3000 && c <= 0x303F) || (c >= 0xFE00 && c <= 0xFE6F) || c == 0xFFFD ||
                       c >= 0x1F000;
  return !is_sign;
}

template <std::size_t Size>
bool is_one_of(std::string_view folded, const std::array<std::string_view, Size>& names) {
  return std::find(names.begin(), names.end(), folded) != names.end();
}

/// "Mulholland Dr.", "Sr.": the full stop belongs to a short Latin word.
bool ends_in_abbreviation(std::string_view text) {
  if (!text.ends_with('.')) return false;
  text.remove_suffix(1);
  const std::size_t space = text.rfind(' ');
  if (space == std::string_view::npos) return false;
  const std::string_view word = text.substr(space + 1);
  return word.size() <= 3 && script_of(word) == Script::kLatin;
}

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  const std::size_t size = text.size();
  bool open = false;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t begin = size - rest.size();
    const char32_t c = take_code_point(rest);
    const bool number = is_digit(c);
    if (!number && !is_letter(c)) {
      open = false;
      continue;
    }
    if (!open || words.back().is_number != number) words.push_back({begin, begin, {}, number});
    words.back().end = size - rest.size();
    open = true;
  }
  for (Word& word : words) word.folded = fold(text.substr(word.begin, word.end - word.begin));
  return words;
}

std::optional<int> number_in(const Word& word, int limit) {
  if (!word.is_number) return std::nullopt;
  const auto number = parse_number<int>(word.folded);
  return number && *number <= limit ? number : std::nullopt;
}

std::string_view trim_separators(std::string_view text) {
  constexpr auto kSigns = std::to_array<std::string_view>(
      {" ", "\t", ",", ".", ":", ";", "-", "–", "—", "|", "/", "\\", "•", "·", "\u00A0", "_", "~"});
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string_view sign : kSigns) {
      if (text.starts_with(sign)) {
        text.remove_prefix(sign.size());
        changed = true;
      }
      const bool stays = sign == "." && ends_in_abbreviation(text);
      if (!stays && text.ends_with(sign)) {
        text.remove_suffix(sign.size());
        changed = true;
      }
    }
  }
  return text;
}

Script script_of(std::string_view text) {
  std::size_t latin = 0;
  std::size_t cyrillic = 0;
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (c >= 0x400 && c <= 0x52F) ++cyrillic;
    if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0x24F)) ++latin;
  }
  if (latin == 0 && cyrillic == 0) return Script::kNone;
  return cyrillic >= latin ? Script::kCyrillic : Script::kLatin;
}

bool is_year(const Word& word, int latest) {
  constexpr int kFirst = 1888;
  const auto number = word.folded.size() == 4 ? number_in(word, latest) : std::nullopt;
  return number && *number >= kFirst;
}

bool is_series_word(std::string_view folded) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"сериал", "минисериал", "мультсериал", "телесериал", "дорама",
                                       "сериалы", "series", "miniseries", "телешоу", "шоу"});
  return is_one_of(folded, kWords);
}

bool is_kind_word(std::string_view folded) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"фильм", "кинофильм", "телефильм", "мультфильм", "мульт", "аниме",
                                       "film", "movie", "мини", "короткометражка", "документальный",
                                       "художественный", "tv", "тв", "полнометражный", "короткометражный"});
  return is_one_of(folded, kWords) || is_series_word(folded);
}

bool is_trailer_word(std::string_view folded) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"трейлер", "трейлеры", "трейлера", "тизер", "тизеры", "trailer", "teaser", "промо", "анонс"});
  return is_one_of(folded, kWords);
}

bool is_season_word(std::string_view folded) {
  constexpr auto kWords = std::to_array<std::string_view>({"сезон", "сезона", "сезоны", "season"});
  return is_one_of(folded, kWords);
}

bool is_episode_word(std::string_view folded) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"серия", "серии", "серий", "серию", "сер", "эпизод", "эпизоды", "выпуск", "выпуски", "episode", "ep"});
  return is_one_of(folded, kWords);
}

bool names_other_kind(const std::vector<Word>& words) {
  constexpr auto kAnywhere =
      std::to_array<std::string_view>({"саундтрек", "ost", "отрывок", "фрагмент", "нарезка"});
  constexpr auto kFirst = std::to_array<std::string_view>({"обзор", "реакция", "рецензия", "разбор"});
  if (words.empty()) return false;
  const auto is_anywhere = [&](const Word& word) {
    return is_one_of(word.folded, kAnywhere);
  };
  return is_one_of(words.front().folded, kFirst) || is_one_of(words.back().folded, kFirst) ||
         std::any_of(words.begin(), words.end(), is_anywhere);
}

}  // namespace filmoteka::domain::titles
