/// Titles as people write them: a list of our own, all of which must be right, and one of captured titles,
/// which is not part of the repository: FILMOTEKA_SHARED_DATA names the folder that has it.
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/title_parts.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

namespace filmoteka::domain {
namespace {

namespace json = boost::json;

constexpr int kLatestYear = 2032;

json::array read_rows(const std::filesystem::path& file) {
  std::ifstream stream(file);
  EXPECT_TRUE(stream.is_open()) << file;
  std::stringstream text;
  text << stream.rdbuf();
  return json::parse(text.str()).as_array();
}

template <class Value>
Value member(const json::object& row, std::string_view name, Value otherwise) {
  const auto* value = row.if_contains(name);
  return value == nullptr || value->is_null() ? otherwise : json::value_to<Value>(*value);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += "[" + text + "]";
  return all;
}

/// What is not as the row says, for people, lists left out; empty: all is.
std::string differences(const json::object& row, const TitleParts& parts) {
  std::ostringstream said;
  const auto compare = [&](std::string_view name, const auto& expected, const auto& found) {
    if (expected != found) said << "  " << name << ": " << found << ", not " << expected << '\n';
  };
  compare("title", member<std::string>(row, "title", ""), parts.title);
  compare("original_title", member<std::string>(row, "original_title", ""),
          parts.original_title.value_or(""));
  compare("year", member(row, "year", 0), parts.year.value_or(0));
  compare("kind", member<std::string>(row, "kind", "movie"), to_string(parts.kind));
  compare("season", member(row, "season", 0), parts.season.value_or(0));
  compare("episode", member(row, "episode", 0), parts.episode.value_or(0));
  return said.str();
}

TitleHints plain_hints() {
  TitleHints hints;
  hints.latest_year = kLatestYear;
  return hints;
}

TEST(TitleList, of_our_own_is_taken_apart_as_people_would) {
  const auto rows = read_rows(FILMOTEKA_SOURCE_DIR "/libs/domain/fixtures/titles.json");
  EXPECT_GE(rows.size(), 150U);
  for (const auto& row : rows) {
    const auto input = member<std::string>(row.as_object(), "input", "");
    const auto parts = split_title(input, plain_hints());
    using Texts = std::vector<std::string>;
    EXPECT_EQ(differences(row.as_object(), parts), "") << input;
    EXPECT_EQ(joined(parts.tags), joined(member<Texts>(row.as_object(), "tags", {}))) << input;
    EXPECT_EQ(joined(parts.alternative_titles),
              joined(member<Texts>(row.as_object(), "alternative_titles", {})))
        << input;
  }
}

TEST(TitleList, of_captured_titles_is_right_in_all_fields_but_for_a_few) {
  const char* folder = std::getenv("FILMOTEKA_SHARED_DATA");
  if (folder == nullptr || !std::filesystem::exists(folder))
    GTEST_SKIP() << "FILMOTEKA_SHARED_DATA names no folder";
  const auto rows = read_rows(std::filesystem::path(folder) / "rutube-titles.json");
  std::size_t right = 0;
  for (const auto& row : rows) {
    const auto& expected = row.as_object();
    const auto input = member<std::string>(expected, "input", "");
    auto hints = plain_hints();
    // One show tells its episodes by the members beside the title only.
    if (input.find("сезон") == std::string::npos && member(expected, "season", 0) > 0) {
      hints.is_episode = input.find(':') != std::string::npos;
      hints.season = member(expected, "season", 0);
      hints.episode = member(expected, "episode", 0);
    }
    const auto parts = split_title(input, hints);
    auto wrong = differences(expected, parts);
    const auto other = member<std::string>(expected, "alt_title", "");
    if (joined(parts.alternative_titles) != (other.empty() ? "" : "[" + other + "]"))
      wrong += "  alternative titles: " + joined(parts.alternative_titles) + '\n';
    // Those of several words are remarks for people.
    for (const auto& tag : member<std::vector<std::string>>(expected, "tags", {}))
      if (tag.find(' ') == std::string::npos && joined(parts.tags).find("[" + tag + "]") == std::string::npos)
        wrong += "  lacks the tag " + tag + '\n';
    if (wrong.empty())
      ++right;
    else
      std::cout << input << '\n' << wrong;
  }
  std::cout << "titles, captured: " << right << " of " << rows.size() << " right in all fields\n";
  EXPECT_GE(static_cast<double>(right), 0.95 * static_cast<double>(rows.size()));
}

/// Anything that people put together: names, numbers, words of the vocabulary, signs, broken bytes.
std::string made_up(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {
      "Солярис",    "The",     "Matrix", "2",       "2049",  "(2019)", "(",   ")",       "[",      "]",
      "/",          "|",       " I ",    "сезон",   "серия", "S01E02", "1-4", "HD",      "4K",     "смотреть",
      "онлайн",     "трейлер", "фильм",  "(фильм,", "1986)", "«",      "»",   "озвучка", "Сarl",   "\t",
      "🎬",          "#кино",   "16+",    "…",       "—",     "!",      "№",   "«Мир»",   "\u0301", "выпуск",
      "03.06.2019", "год",     ",",      ".",       "-",     "Часть",  "II",  "\u00A0"};
  std::string text;
  const auto count = 1 + random() % 9;
  for (unsigned i = 0; i < count; ++i) {
    text += kPieces[random() % kPieces.size()];
    if (random() % 3 != 0) text += ' ';
  }
  return text;
}

TEST(TitleList, whatever_is_written_a_title_comes_out_that_is_its_own) {
  std::mt19937 random(20261127);  // NOLINT: the same each time
  int changed = 0;
  constexpr int kTitles = 20'000;
  for (int i = 0; i < kTitles; ++i) {
    const auto text = made_up(random);
    const auto parts = split_title(text, plain_hints());
    if (!fold(text).empty()) {
      EXPECT_FALSE(parts.title.empty()) << text;
    }
    EXPECT_EQ(parts.title.find('\x1F'), std::string::npos) << text;
    if (split_title(parts.title, plain_hints()).title != parts.title) ++changed;
  }
  std::cout << "titles that change when taken apart again: " << changed << " of " << kTitles << '\n';
  EXPECT_LE(changed, kTitles / 50);
}

TEST(TitleList, long_and_evil_titles_end_too) {
  for (const std::string piece :
       {"(", "[", ")", "/ ", "1 сезон ", "а(б ", "смотреть онлайн ", "- ", "I ", "2019 "}) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    EXPECT_FALSE(split_title(text, plain_hints()).title.empty()) << piece;
  }
}

}  // namespace
}  // namespace filmoteka::domain
