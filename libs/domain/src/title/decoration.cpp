#include "title/decoration.hpp"

#include "title/words.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/text.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::domain::titles {
namespace {

/// Pictographs, and what joins and colours them.
bool is_emoji(char32_t c) {
  return c >= 0x1F000 || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF) || c == 0xFE0F ||
         c == 0x200D;
}

bool begins_hashtag(std::string_view before, std::string_view rest) {
  if (!before.ends_with(' ') || before.find_first_not_of(' ') == std::string_view::npos) return false;
  const std::size_t end = std::min(rest.find(' '), rest.size());
  // "#1" is a number.
  return rest.starts_with('#') && script_of(rest.substr(0, end)) != Script::kNone;
}

struct Lead {
  std::string_view words;  ///< folded, with a space behind
  std::string_view tag;
};

/// The longer ones of those that begin alike come first.
constexpr auto kLeads = std::to_array<Lead>({{"смотреть онлайн фильм ", ""},
                                             {"смотреть онлайн сериал ", ""},
                                             {"смотреть онлайн ", ""},
                                             {"смотреть фильм ", ""},
                                             {"смотреть сериал ", ""},
                                             {"смотреть ", ""},
                                             {"художественный фильм ", ""},
                                             {"полнометражный фильм ", ""},
                                             {"полный фильм ", ""},
                                             {"документальный фильм ", "документальный"},
                                             {"трейлер к фильму ", "трейлер"},
                                             {"трейлер фильма ", "трейлер"},
                                             {"трейлер сериала ", "трейлер"},
                                             {"тизер фильма ", "тизер"},
                                             {"х ф ", ""},
                                             {"фильм ", ""},
                                             {"watch online ", ""}});

/// A capital letter, a digit or a quotation mark: what follows is a name, not the rest of a sentence ("Фильм
/// о фильме", "Смотреть всем").
bool begins_name(std::string_view text) {
  if (text.starts_with("«") || text.starts_with('"') || text.starts_with("“") || text.starts_with("„"))
    return true;
  std::string_view rest = text;
  if (rest.empty()) return false;
  const char32_t c = take_code_point(rest);
  return (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') || (c >= 0x410 && c <= 0x42F) || c == 0x401;
}

/// Bytes of the text that are the lead's words, nothing but spaces, a colon or a slash ("х/ф") between them;
/// 0: it does not begin with them.
std::size_t length_of(std::string_view lead, std::string_view text, const std::vector<Word>& words) {
  std::size_t count = 0;
  for (std::string_view rest = lead; !rest.empty(); ++count) {
    const std::size_t space = rest.find(' ');
    if (count + 1 >= words.size() || words[count].folded != rest.substr(0, space)) return 0;
    const std::string_view gap = text.substr(words[count].end, words[count + 1].begin - words[count].end);
    if (gap.find_first_not_of(" :/«\"“„") != std::string_view::npos) return 0;
    rest.remove_prefix(space + 1);
  }
  const std::size_t name = text.find_first_not_of(" :", words[count - 1].end);
  return name == std::string_view::npos || !begins_name(text.substr(name)) ? 0 : name;
}

}  // namespace

std::string without_decoration(std::string_view text) {
  std::string kept;
  for (std::string_view rest = text; !rest.empty();) {
    if (begins_hashtag(kept, rest)) {
      rest.remove_prefix(std::min(rest.find(' '), rest.size()));
      continue;
    }
    const std::string_view before = rest;
    const char32_t c = take_code_point(rest);
    if (!is_emoji(c)) kept += before.substr(0, before.size() - rest.size());
  }
  return trim_separators(kept).empty() ? std::string(text) : kept;
}

std::string_view without_lead(std::string_view text, TitleParts& parts) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  text.remove_prefix(begin);
  // The words of a lead are the first four at most.
  constexpr std::size_t kLongestLead = 80;
  const auto words = words_of(text.substr(0, kLongestLead));
  for (const Lead& lead : kLeads) {
    const std::size_t length = length_of(lead.words, text, words);
    if (length == 0) continue;
    if (!lead.tag.empty()) parts.tags.emplace_back(lead.tag);
    return text.substr(length);
  }
  return text;
}

}  // namespace filmoteka::domain::titles
