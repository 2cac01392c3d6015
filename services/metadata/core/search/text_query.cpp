#include <metadata/core/search/names.hpp>
#include <metadata/core/search/text_query.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace filmoteka::metadata {
namespace {

constexpr std::array<std::string_view, 46> kStopWords{
    "a",  "about", "an",   "and", "as",  "at",   "by",  "for", "from", "in",  "is", "of",
    "on", "or",    "that", "the", "to",  "with", "без", "бы",  "в",    "во",  "до", "для",
    "же", "за",    "и",    "из",  "или", "к",    "как", "ко",  "на",   "над", "не", "ни",
    "о",  "об",    "от",   "по",  "под", "при",  "про", "с",   "со",   "у"};

std::optional<std::int32_t> year_of(std::string_view word) {
  constexpr std::int32_t kFirst = 1888;
  constexpr std::int32_t kLast = 2100;
  std::int32_t year = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), year);
  if (word.size() != 4 || error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return year >= kFirst && year <= kLast ? std::optional(year) : std::nullopt;
}

}  // namespace

bool is_stop_word(std::string_view folded) {
  return std::find(kStopWords.begin(), kStopWords.end(), folded) != kStopWords.end();
}

TextQuery parse_text_query(std::string_view q) {
  TextQuery query;
  std::vector<std::string> words = words_of(fold_for_search(q));
  // The last one: in "2001 год 1968" the first is what the film is called.
  const auto year = std::find_if(words.rbegin(), words.rend(),
                                 [](const std::string& word) { return year_of(word).has_value(); });
  if (year != words.rend() && words.size() > 1) {
    query.year = year_of(*year);
    words.erase(std::next(year).base());
  }
  for (std::string& word : words) query.words.push_back({{std::move(word)}, false});
  if (!query.words.empty()) query.words.back().is_beginning = true;
  return query;
}

std::string name_in(const TextQuery& query) {
  std::string text;
  for (const QueryWord& word : query.words) {
    if (!text.empty()) text += ' ';
    text += word.spellings.front();
  }
  return text;
}

std::string to_text(const TextQuery& query) {
  std::string text = name_in(query);
  if (query.year) text += (text.empty() ? "" : " ") + std::to_string(*query.year);
  return text;
}

}  // namespace filmoteka::metadata
