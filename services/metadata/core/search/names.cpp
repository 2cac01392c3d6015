#include <filmoteka/domain/text.hpp>

#include <metadata/core/search/names.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSigns{
    {{"№", " "}, {"½", " 1 2"}, {"⅓", " 1 3"}, {"⅔", " 2 3"}, {"¼", " 1 4"}, {"¾", " 3 4"}}};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// "Spider-Man: No Way Home" → "spiderman no way home".
std::string with_compounds_joined(std::string_view text) {
  std::string joined;
  while (!text.empty()) {
    const auto end =
        static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_blank) - text.begin());
    std::string word = fold_for_search(text.substr(0, end));
    std::erase(word, ' ');
    if (!word.empty() && !joined.empty()) joined += ' ';
    joined += word;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return joined;
}

void add_name(std::vector<std::string>& names, std::string name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(std::move(name));
  }
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether there are only ASCII and Cyrillic letters, digits and blanks: then there is no compound.
bool is_plain(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\xD0' || text[i] == '\xD1') {
      ++i;
    } else if (!is_letter_or_digit(text[i]) && !is_blank(text[i])) {
      return false;
    }
  }
  return true;
}

/// "the godfather" → "godfather": who leaves the article out means the film all the same.
std::string_view without_article(std::string_view name) {
  for (const std::string_view article : {"the ", "a ", "an "}) {
    if (name.starts_with(article)) return name.substr(article.size());
  }
  return {};
}

void add_names(std::vector<std::string>& names, std::string_view text) {
  const std::string name = fold_for_search(text);
  add_name(names, name);
  add_name(names, std::string(without_article(name)));
  if (!is_plain(text)) add_name(names, with_compounds_joined(text));
}

}  // namespace

std::string fold_for_search(std::string_view text) {
  std::string plain;
  for (const auto& [sign, words] : kSigns) {
    const std::string_view from = plain.empty() ? text : std::string_view(plain);
    const std::size_t at = from.find(sign);
    if (at == std::string_view::npos) continue;
    plain = std::string(from.substr(0, at)).append(words).append(" ").append(from.substr(at + sign.size()));
  }
  return domain::fold(plain.empty() ? text : std::string_view(plain));
}

std::string searchable_names(const domain::MovieFacts& facts) {
  std::vector<std::string> names;
  add_names(names, facts.title);
  if (facts.original_title) add_names(names, *facts.original_title);
  for (const std::string& alias : facts.aliases) add_names(names, alias);
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += kNameSeparator;
    (text += ' ') += name;
  }
  return text;
}

std::string searchable_cast(const domain::MovieFacts& facts) {
  std::string text;
  for (const std::string& person : facts.cast) {
    const std::string folded = domain::fold(person);
    if (!folded.empty() && !text.empty()) text += ' ';
    text += folded;
  }
  return text;
}

std::string searchable_description(const domain::MovieFacts& facts) {
  return facts.description ? domain::fold(*facts.description) : std::string();
}

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> words;
  for_each_word(folded, [&](std::string_view word) { words.emplace_back(word); });
  return words;
}

}  // namespace filmoteka::metadata
