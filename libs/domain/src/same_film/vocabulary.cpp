#include "same_film/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace filmoteka::domain {
namespace {

struct Entry {
  std::string_view text;
  Word word;
  std::int16_t value = 0;
};

template <std::size_t N>
constexpr auto sorted(std::array<Entry, N> entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.text < b.text; });
  return entries;
}

using enum Word;

constexpr auto kNumbers = std::to_array<Entry>({
    {"one", kUnit, 1},           {"two", kUnit, 2},           {"three", kUnit, 3},
    {"four", kUnit, 4},          {"five", kUnit, 5},          {"six", kUnit, 6},
    {"seven", kUnit, 7},         {"eight", kUnit, 8},         {"nine", kUnit, 9},
    {"ten", kTeen, 10},          {"eleven", kTeen, 11},       {"twelve", kTeen, 12},
    {"thirteen", kTeen, 13},     {"fourteen", kTeen, 14},     {"fifteen", kTeen, 15},
    {"sixteen", kTeen, 16},      {"seventeen", kTeen, 17},    {"eighteen", kTeen, 18},
    {"nineteen", kTeen, 19},     {"twenty", kTens, 20},       {"thirty", kTens, 30},
    {"forty", kTens, 40},        {"fifty", kTens, 50},        {"sixty", kTens, 60},
    {"seventy", kTens, 70},      {"eighty", kTens, 80},       {"ninety", kTens, 90},
    {"hundred", kHundred, 100},  {"один", kUnit, 1},          {"одна", kUnit, 1},
    {"одно", kUnit, 1},          {"два", kUnit, 2},           {"две", kUnit, 2},
    {"три", kUnit, 3},           {"четыре", kUnit, 4},        {"пять", kUnit, 5},
    {"шесть", kUnit, 6},         {"семь", kUnit, 7},          {"восемь", kUnit, 8},
    {"девять", kUnit, 9},        {"десять", kTeen, 10},       {"одиннадцать", kTeen, 11},
    {"двенадцать", kTeen, 12},   {"тринадцать", kTeen, 13},   {"четырнадцать", kTeen, 14},
    {"пятнадцать", kTeen, 15},   {"шестнадцать", kTeen, 16},  {"семнадцать", kTeen, 17},
    {"восемнадцать", kTeen, 18}, {"девятнадцать", kTeen, 19}, {"двадцать", kTens, 20},
    {"тридцать", kTens, 30},     {"сорок", kTens, 40},        {"пятьдесят", kTens, 50},
    {"шестьдесят", kTens, 60},   {"семьдесят", kTens, 70},    {"восемьдесят", kTens, 80},
    {"девяносто", kTens, 90},    {"сто", kHundred, 100},      {"двести", kHundred, 200},
    {"триста", kHundred, 300},   {"first", kOrdinal, 1},      {"second", kOrdinal, 2},
    {"third", kOrdinal, 3},      {"fourth", kOrdinal, 4},     {"fifth", kOrdinal, 5},
    {"первый", kOrdinal, 1},     {"первая", kOrdinal, 1},     {"первое", kOrdinal, 1},
    {"второй", kOrdinal, 2},     {"вторая", kOrdinal, 2},     {"второе", kOrdinal, 2},
    {"третий", kOrdinal, 3},     {"третья", kOrdinal, 3},     {"третье", kOrdinal, 3},
    {"четвертый", kOrdinal, 4},  {"четвертая", kOrdinal, 4},  {"пятый", kOrdinal, 5},
    {"пятая", kOrdinal, 5},      {"шестой", kOrdinal, 6},     {"шестая", kOrdinal, 6},
    {"седьмой", kOrdinal, 7},    {"седьмая", kOrdinal, 7},    {"восьмой", kOrdinal, 8},
    {"восьмая", kOrdinal, 8},    {"девятый", kOrdinal, 9},    {"девятая", kOrdinal, 9},
    {"десятый", kOrdinal, 10},   {"десятая", kOrdinal, 10},
});

constexpr auto kWords = std::to_array<Entry>({
    {"часть", kPart},
    {"ч", kPart},
    {"part", kPart},
    {"pt", kPart},
    {"глава", kPart},
    {"chapter", kPart},
    {"эпизод", kPart},
    {"episode", kPart},
    {"volume", kPart},
    {"vol", kPart},
    {"том", kPart},
    {"фильм", kFilm},
    {"movie", kFilm},
    {"film", kFilm},
    {"and", kAnd},
    {"и", kAnd},
    {"the", kArticle},
    {"a", kArticle},
    {"an", kArticle},
    {"сезон", kSeason},
    {"сезона", kSeason},
    {"season", kSeason},
    {"серия", kInstalment},
    {"серии", kInstalment},
    {"серий", kInstalment},
    {"сериал", kSeries},
    {"телесериал", kSeries},
    {"минисериал", kSeries},
    {"мультсериал", kSeries},
    {"miniseries", kSeries},
    {"трейлер", kTrailer},
    {"тизер", kTrailer},
    {"трейлеры", kTrailer},
    {"trailer", kTrailer},
    {"teaser", kTrailer},
    {"обзор", kExtra},
    {"рецензия", kExtra},
    {"интервью", kExtra},
    {"отрывок", kExtra},
    {"фрагмент", kExtra},
    {"клип", kExtra},
    {"саундтрек", kExtra},
    {"ost", kExtra},
    {"реакция", kExtra},
    {"review", kExtra},
    {"featurette", kExtra},
    {"soundtrack", kExtra},
    {"смотреть", kAdvert},
    {"hd", kAdvert},
    {"fullhd", kAdvert},
    {"uhd", kAdvert},
    {"4k", kAdvert},
    {"480p", kAdvert},
    {"720p", kAdvert},
    {"1080p", kAdvert},
    {"2160p", kAdvert},
    {"hdrip", kAdvert},
    {"webrip", kAdvert},
    {"bdrip", kAdvert},
    {"dvdrip", kAdvert},
    {"webdl", kAdvert},
    {"целиком", kAdvert},
    {"качестве", kAdvert},
    {"бесплатно", kAdvert},
    {"регистрации", kAdvert},
    {"озвучка", kAdvert},
    {"озвучке", kAdvert},
    {"дубляж", kAdvert},
    {"дублированный", kAdvert},
    {"hq", kAdvert},
    {"bluray", kAdvert},
    {"полностью", kWeak},
    {"онлайн", kWeak},
    {"online", kWeak},
    {"watch", kWeak},
    {"free", kWeak},
    {"кино", kWeak},
    {"полный", kWeak},
    {"весь", kWeak},
    {"full", kWeak},
    {"лицензия", kWeak},
    {"премьера", kWeak},
    {"новинка", kWeak},
    {"драма", kWeak},
    {"комедия", kWeak},
    {"боевик", kWeak},
    {"триллер", kWeak},
    {"ужасы", kWeak},
    {"фантастика", kWeak},
    {"мелодрама", kWeak},
    {"детектив", kWeak},
    {"мультфильм", kWeak},
    {"официальный", kWeak},
    {"official", kWeak},
    {"года", kWeak},
    {"год", kWeak},
    {"г", kWeak},
    {"рекламы", kWeak},
    {"субтитрами", kWeak},
    {"русском", kWeak},
    {"языке", kWeak},
    {"художественный", kWeak},
    {"web", kWeak},
    {"dl", kWeak},
    {"в", kGlue},
    {"на", kGlue},
    {"без", kGlue},
    {"с", kGlue},
    {"хорошем", kGlue},
    {"отличном", kGlue},
    {"высоком", kGlue},
    {"русская", kGlue},
    {"русской", kGlue},
    {"director", kCut},
    {"directors", kCut},
    {"extended", kCut},
    {"final", kCut},
    {"theatrical", kCut},
    {"unrated", kCut},
    {"special", kCut},
    {"ultimate", kCut},
    {"remastered", kCut},
    {"anniversary", kCut},
    {"режиссерская", kCut},
    {"расширенная", kCut},
    {"полная", kCut},
    {"театральная", kCut},
    {"отреставрированная", kCut},
    {"cut", kVersion},
    {"edition", kVersion},
    {"version", kVersion},
    {"версия", kVersion},
});

constexpr auto kAll = [] {
  std::array<Entry, kNumbers.size() + kWords.size()> all{};
  std::copy(kNumbers.begin(), kNumbers.end(), all.begin());
  std::copy(kWords.begin(), kWords.end(), std::next(all.begin(), kNumbers.size()));
  return sorted(all);
}();

std::int32_t roman_digit(char c) {
  return c == 'i' ? 1 : c == 'v' ? 5 : c == 'x' ? 10 : 0;
}

std::string roman_text(std::int32_t number) {
  static constexpr std::array<std::string_view, 10> kOnes = {"",  "i",  "ii",  "iii",  "iv",
                                                             "v", "vi", "vii", "viii", "ix"};
  std::string text(static_cast<std::size_t>(number / 10), 'x');
  return text.append(kOnes[static_cast<std::size_t>(number % 10)]);
}

}  // namespace

WordMeaning meaning_of(std::string_view folded) {
  const auto found =
      std::lower_bound(kAll.begin(), kAll.end(), folded,
                       [](const Entry& entry, std::string_view text) { return entry.text < text; });
  if (found == kAll.end() || found->text != folded) return {};
  return {found->word, found->value};
}

std::int32_t roman_number(std::string_view folded) {
  if (folded.empty() || folded.size() > 7) return 0;
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const std::int32_t digit = roman_digit(folded[i]);
    if (digit == 0) return 0;
    const bool is_taken_off = i + 1 < folded.size() && roman_digit(folded[i + 1]) > digit;
    sum += is_taken_off ? -digit : digit;
  }
  return sum > 0 && sum < 40 && roman_text(sum) == folded ? sum : 0;
}

}  // namespace filmoteka::domain
