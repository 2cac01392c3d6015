#include "title/brackets.hpp"

#include "title/words.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/values.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace filmoteka::domain::titles {
namespace {

enum class Meaning { kUnknown, kTaken, kYear };

std::string air_date_tag(std::chrono::year_month_day day) {
  std::array<char, 16> date{};
  std::snprintf(date.data(), date.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return std::string("дата эфира ") + date.data();
}

void note_kind(const Word& word, TitleParts& parts) {
  if (is_series_word(word.folded)) {
    if (parts.kind == TitleKind::kMovie) parts.kind = TitleKind::kSeries;
  } else if (word.folded == "мультфильм" || word.folded == "аниме" || word.folded == "телефильм") {
    parts.tags.push_back(word.folded);
  }
}

/// "2016", "фильм, 2026", "мини-сериал 2026", "2011–2014", "США, 2009": a year and words that go with it.
Meaning read_year(std::string_view inside, const std::vector<Word>& words, const TitleHints& hints,
                  TitleParts& parts) {
  const auto year = std::find_if(words.begin(), words.end(),
                                 [&](const Word& word) { return is_year(word, hints.latest_year); });
  if (year == words.end() || words.size() > 4) return Meaning::kUnknown;
  const bool others_fit = std::all_of(words.begin(), words.end(), [&](const Word& word) {
    return is_kind_word(word.folded) || is_year(word, hints.latest_year) || word.folded == "г" ||
           word.folded == "год" || word.folded == "года" || inside.find(',') != std::string_view::npos;
  });
  if (!others_fit) return Meaning::kUnknown;
  if (!parts.year) parts.year = number_in(*year, hints.latest_year);
  for (const Word& word : words) note_kind(word, parts);
  return Meaning::kYear;
}

/// Words that are all kinds or tags: "Трейлер", "HD", "мультфильм".
Meaning read_tags(std::vector<Word> words, TitleParts& parts) {
  std::vector<std::string> tags;
  const TitleParts before = parts;
  while (!words.empty()) {
    std::string tag;
    const std::size_t count = tag_at_end(words, tag);
    if (count == 0 && !is_kind_word(words.back().folded)) {
      parts = before;
      return Meaning::kUnknown;
    }
    if (count == 0) note_kind(words.back(), parts);
    if (!tag.empty()) tags.insert(tags.begin(), tag);
    for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i) {
      if (is_trailer_word(words.back().folded)) parts.kind = TitleKind::kTrailer;
      words.pop_back();
    }
  }
  parts.tags.insert(parts.tags.end(), tags.begin(), tags.end());
  return Meaning::kTaken;
}

Meaning read_inside(std::string_view inside, const TitleHints& hints, TitleParts& parts) {
  const std::vector<Word> words = words_of(inside);
  if (words.empty()) return Meaning::kTaken;
  if (inside.ends_with('+') && parse_age(inside)) {
    parts.tags.emplace_back(inside);
    return Meaning::kTaken;
  }
  if (const auto day = parse_day(inside)) {
    parts.tags.push_back(air_date_tag(*day));
    return Meaning::kTaken;
  }
  const Meaning year = read_year(inside, words, hints, parts);
  return year != Meaning::kUnknown ? year : read_tags(words, parts);
}

/// Another name of the film in round brackets after its title.
bool read_other_title(std::string_view before, std::string_view inside, TitleParts& parts) {
  const Script script = script_of(inside);
  const Script main = script_of(before);
  const auto words = words_of(inside);
  const bool has_counter = std::any_of(words.begin(), words.end(), [](const Word& word) {
    return is_season_word(word.folded) || is_episode_word(word.folded);
  });
  if (script == Script::kNone || main == Script::kNone || has_counter) return false;
  if (script == Script::kLatin && main == Script::kCyrillic && !parts.original_title) {
    parts.original_title = std::string(inside);
  } else {
    parts.alternative_titles.emplace_back(inside);
  }
  return true;
}

}  // namespace

std::string take_brackets(std::string_view text, const TitleHints& hints, TitleParts& parts) {
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    const char open = text[i];
    const std::size_t close =
        open == '(' || open == '[' ? text.find(open == '(' ? ')' : ']', i) : std::string::npos;
    if (close == std::string_view::npos) {
      kept += text[i++];
      continue;
    }
    const std::string_view inside = trim(text.substr(i + 1, close - i - 1));
    const Meaning meaning = read_inside(inside, hints, parts);
    if (meaning == Meaning::kYear) {
      kept += kBreak;
    } else if (meaning == Meaning::kTaken || (open == '(' && read_other_title(kept, inside, parts))) {
      kept += ' ';
    } else {
      kept += text.substr(i, close - i + 1);
    }
    i = close + 1;
  }
  return kept;
}

}  // namespace filmoteka::domain::titles
