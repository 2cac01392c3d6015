#include "same_film/title_noise.hpp"

#include <filmoteka/base/strings.hpp>

#include <algorithm>

namespace filmoteka::domain {
namespace {

constexpr std::int32_t kFirstYearInTitles = 1888;
constexpr std::int32_t kLastYearInTitles = 2100;

std::optional<std::int32_t> year_in(const TitleWord& word) {
  if (word.text.size() != 4) return std::nullopt;
  const auto year = parse_number<std::int32_t>(word.text);
  const bool is_year = year && *year >= kFirstYearInTitles && *year <= kLastYearInTitles;
  return is_year ? year : std::nullopt;
}

void erase(TitleWords& words, std::size_t begin, std::size_t end) {
  // What follows is no longer beside what was before.
  if (end < words.size()) words[end].before = std::max(words[end].before, Break::kLight);
  const auto at = [&](std::size_t i) {
    return words.begin() + static_cast<std::ptrdiff_t>(i);
  };
  words.erase(at(begin), at(end));
}

bool is_advert(const TitleWord& word) {
  const Word what = word.meaning.word;
  return what == Word::kAdvert || what == Word::kWeak || what == Word::kGlue || what == Word::kFilm;
}

/// True for "(2021)", "(США, 2021)", "(HD, дубляж)": they say something of the film and are not its name.
bool is_remark(const TitleWords& words, std::size_t begin, std::size_t end,
               std::optional<std::int32_t>& year) {
  bool is_all_advert = true;
  for (std::size_t i = begin; i < end; ++i) {
    if (const auto found = year_in(words[i])) {
      const bool is_at_edge = i == begin || i + 1 == end || is_advert(words[i + 1]);
      if (is_at_edge && end - begin <= 4) year = found;
    } else {
      is_all_advert = is_all_advert && is_advert(words[i]);
    }
  }
  return year.has_value() || is_all_advert;
}

void take_brackets(ParsedTitle& title) {
  TitleWords& words = title.words;
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t end = begin + 1;
    while (end < words.size() && words[end].bracket == words[begin].bracket) ++end;
    std::optional<std::int32_t> year;
    if (begin > 0 && words[begin].bracket != 0 && is_remark(words, begin, end, year)) {
      if (!title.year) title.year = year;
      erase(words, begin, end);
    } else {
      begin = end;
    }
  }
}

std::optional<std::int32_t> small_number(const TitleWord& word) {
  if (word.meaning.word == Word::kOrdinal) return word.meaning.value;
  const auto number = parse_number<std::int32_t>(word.text);
  return number && *number >= 0 && *number < 5'000 ? number : std::nullopt;
}

/// The number beside the word at `at`, which is then taken out with it: "2 сезон" and "сезон 2".
std::optional<std::int32_t> take_numbered(TitleWords& words, std::size_t at) {
  std::size_t begin = at;
  std::size_t end = at + 1;
  std::optional<std::int32_t> number;
  if (at > 0 && words[at].before == Break::kNone) number = small_number(words[at - 1]);
  if (number) {
    --begin;
  } else if (end < words.size() && words[end].before == Break::kNone) {
    number = small_number(words[end]);
    if (number) ++end;
  }
  if (begin == 0 && end == words.size()) return number;
  if (number) erase(words, begin, end);
  return number;
}

/// "s01e02".
bool take_code(ParsedTitle& title, std::size_t at) {
  const std::string_view text = title.words[at].text;
  const std::size_t e = text.find('e');
  if (at == 0 || !text.starts_with('s') || e == std::string_view::npos) return false;
  const auto season = parse_number<std::int32_t>(text.substr(1, e - 1));
  const auto episode = parse_number<std::int32_t>(text.substr(e + 1));
  if (!season || !episode) return false;
  title.kind = FilmKind::kEpisode;
  title.season = season;
  title.episode = episode;
  erase(title.words, at, title.words.size());
  return true;
}

/// True if it took words out.
bool take_season_or_episode(ParsedTitle& title, std::size_t at) {
  const bool is_season = title.words[at].meaning.word == Word::kSeason;
  const std::size_t before = title.words.size();
  const auto number = take_numbered(title.words, at);
  if (!number) return false;
  (is_season ? title.season : title.episode) = number;
  if (!is_season) {
    title.kind = FilmKind::kEpisode;
  } else if (title.kind == FilmKind::kFilm) {
    title.kind = FilmKind::kSeries;
  }
  return title.words.size() < before;
}

/// Words that name a kind count at the end, in brackets or after a break: "Trailer Park" is a name.
bool stands_apart(const TitleWords& words, std::size_t at) {
  if (at == 0) return false;
  const auto is_rest = [&](const TitleWord& word) {
    return is_advert(word) || year_in(word);
  };
  const auto rest = words.begin() + static_cast<std::ptrdiff_t>(at) + 1;
  return words[at].bracket != 0 || words[at].before != Break::kNone ||
         std::all_of(rest, words.end(), is_rest);
}

void take_kinds(ParsedTitle& title) {
  for (std::size_t i = 0; i < title.words.size(); ++i) {
    const Word word = title.words[i].meaning.word;
    if (word == Word::kSeason || word == Word::kInstalment) {
      if (take_season_or_episode(title, i)) i = 0;
    } else if (word == Word::kTrailer || word == Word::kExtra || word == Word::kSeries) {
      const bool is_only_word_for_it = word == Word::kExtra && title.words[i].before == Break::kNone;
      if (!stands_apart(title.words, i) || is_only_word_for_it) continue;
      title.kind = word == Word::kTrailer ? FilmKind::kTrailer
                   : word == Word::kExtra ? FilmKind::kExtra
                                          : FilmKind::kSeries;
      erase(title.words, i, i + 1);
      --i;
    } else if (take_code(title, i)) {
      return;
    }
  }
}

/// "director s cut", "final cut", "режиссерская версия", "remastered" at the end.
void take_edition(ParsedTitle& title) {
  TitleWords& words = title.words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool is_whole_name = i == 1 && words[0].meaning.word == Word::kArticle;
    if (words[i].meaning.word != Word::kCut || is_whole_name) continue;
    std::size_t end = i + 1;
    while (end < words.size() && words[end].meaning.word == Word::kCut) ++end;
    const bool has_version = end < words.size() && words[end].meaning.word == Word::kVersion;
    const bool stands_alone = words[i].before != Break::kNone && end == words.size();
    if (!has_version && !stands_alone) continue;
    if (words[i - 1].meaning.word == Word::kArticle && i > 1) --i;
    erase(words, i, has_version ? end + 1 : end);
    title.is_edition = true;
    return;
  }
}

/// "фильм" leads to the advertising right after it, "в хорошем" and "полный" to any that follows.
bool leads(const TitleWords& words, std::size_t at) {
  const Word word = words[at].meaning.word;
  if (at + 1 == words.size() || words[at].text == "кино") return false;
  const TitleWord& next = words[at + 1];
  if (word == Word::kFilm) return next.meaning.word == Word::kAdvert || next.text == "онлайн";
  const auto rest = words.begin() + static_cast<std::ptrdiff_t>(at) + 1;
  return std::any_of(rest, words.end(), [](const TitleWord& later) {
    return later.meaning.word == Word::kAdvert || later.meaning.word == Word::kFilm;
  });
}

/// Where the advertising at the end begins. It begins with a word that is nothing else, after a break, or
/// with "фильм" or glue right before such a word: "Очень страшное кино" keeps its last word.
std::size_t advert_begin(const TitleWords& words) {
  std::size_t run = words.size();
  while (run > 1 && is_advert(words[run - 1])) --run;
  for (std::size_t i = run; i < words.size(); ++i) {
    if (words[i].meaning.word == Word::kAdvert || words[i].before != Break::kNone || leads(words, i))
      return i;
  }
  return words.size();
}

void take_adverts(ParsedTitle& title, std::optional<std::int32_t> year) {
  TitleWords& words = title.words;
  const std::size_t begin = advert_begin(words);
  const bool had_adverts = begin < words.size();
  erase(words, begin, words.size());
  while (words.size() > 1 && words[0].meaning.word == Word::kAdvert) erase(words, 0, 1);
  const bool has_filler =
      words.size() > 1 && words[0].meaning.word == Word::kFilm && words[1].before != Break::kNone;
  if (has_filler) erase(words, 0, 1);
  if (words.size() < 2) return;
  const auto found = year_in(words.back());
  if (found && (found == year || (had_adverts && !year))) {
    if (!title.year) title.year = found;
    words.pop_back();
  }
}

}  // namespace

void remove_noise(ParsedTitle& title, std::optional<std::int32_t> year) {
  take_brackets(title);
  take_kinds(title);
  take_edition(title);
  take_adverts(title, year);
}

}  // namespace filmoteka::domain
