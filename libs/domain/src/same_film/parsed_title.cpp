#include "same_film/parsed_title.hpp"

#include "same_film/numerals.hpp"
#include "same_film/title_noise.hpp"

namespace filmoteka::domain {
namespace {

/// "The Matrix" and "Matrix, The" are one name.
void drop_article(TitleWords& words) {
  if (words.size() < 2) return;
  if (words.front().meaning.word == Word::kArticle) {
    words.erase(words.begin());
  } else if (words.back().meaning.word == Word::kArticle && words.back().before != Break::kNone) {
    words.pop_back();
  }
}

/// "и", "and" and, between Latin words, the romanised "i" become "&".
void unify_and(TitleWords& words) {
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const bool is_romanised = words[i].text == "i" && words[i + 1].before == Break::kNone;
    if (words[i].meaning.word == Word::kAnd || is_romanised) words[i].text = "&";
  }
}

}  // namespace

ParsedTitle parse_title(std::string_view title, std::optional<std::int32_t> year) {
  ParsedTitle parsed;
  parsed.words = title_words(title);
  if (parsed.words.empty()) return parsed;
  remove_noise(parsed, year);
  read_numbers(parsed.words);
  drop_article(parsed.words);
  unify_and(parsed.words);
  return parsed;
}

}  // namespace filmoteka::domain
