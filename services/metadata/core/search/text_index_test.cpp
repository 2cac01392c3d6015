#include <gtest/gtest.h>
#include <metadata/core/catalogue/copied_rows.hpp>
#include <metadata/core/search/names.hpp>
#include <metadata/core/search/text_index_builder.hpp>
#include <metadata/core/testing/random.hpp>

#include <map>
#include <numeric>
#include <set>
#include <string>

namespace filmoteka::metadata {
namespace {

struct Texts {
  std::string names;
  std::string cast;
  std::string description;
};

std::string random_words(testing::Random& random, std::size_t most) {
  constexpr std::string_view kWords[] = {"брат", "брата", "war", "wars", "2", "ii", "дом", "дома", "я"};
  std::string text;
  for (std::size_t left = random.below(most + 1); left > 0; --left) {
    (text += text.empty() ? "" : " ") += random.pick(kWords);
  }
  return text;
}

Texts random_texts(testing::Random& random) {
  Texts texts;
  for (std::size_t left = 1 + random.below(2); left > 0; --left) {
    const std::string name = random_words(random, 3);
    if (name.empty()) continue;
    if (!texts.names.empty()) texts.names += kNameSeparator;
    (texts.names += ' ') += name;
  }
  texts.cast = random_words(random, 2);
  texts.description = random_words(random, 6);
  return texts;
}

using Content = std::map<std::pair<int, std::string>, std::set<Row>>;

Content expected_content(const std::map<Row, Texts>& films) {
  Content content;
  for (const auto& [row, texts] : films) {
    const auto add = [&, row = row](TextPlace place, std::string_view word) {
      content[{static_cast<int>(place), std::string(word)}].insert(row);
    };
    for_each_name(texts.names, [&](std::string_view name) {
      const auto words = words_of(name);
      for (const std::string& word : words) add(TextPlace::kName, word);
      add(TextPlace::kFirst, words.front());
      if (words.size() == 1) add(TextPlace::kWhole, words.front());
    });
    for_each_word(texts.cast, [&](std::string_view word) { add(TextPlace::kCast, word); });
    for_each_word(texts.description, [&](std::string_view word) { add(TextPlace::kDescription, word); });
  }
  return content;
}

Content content_of(const TextIndex& index) {
  Content content;
  for (WordId word = 0; word < index.words.size(); ++word) {
    for (int place = 0; place < static_cast<int>(kTextPlaces); ++place) {
      std::vector<Row> rows;
      index.rows[static_cast<std::size_t>(place)].append_to(rows, word);
      EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end()));
      if (!rows.empty()) content[{place, std::string(index.words[word])}] = {rows.begin(), rows.end()};
    }
  }
  return content;
}

void expect_sound(const TextIndex& index) {
  std::set<std::string> ends;
  FormKeys keys;
  std::set<std::pair<FormKey, WordId>> forms;
  for (WordId word = 0; word < index.words.size(); ++word) {
    if (word > 0) {
      EXPECT_LT(index.words[word - 1], index.words[word]);
    }
    EXPECT_EQ(index.find(index.words[word]), word);
    for (const FormKey key : keys.of(index.words[word])) forms.insert({key, word});
  }
  ASSERT_EQ(index.by_end.size(), index.words.size());
  std::string before;
  for (const WordId word : index.by_end) {
    std::string reversed(index.words[word].rbegin(), index.words[word].rend());
    EXPECT_LT(before, reversed);
    before = std::move(reversed);
  }
  std::set<std::pair<FormKey, WordId>> found;
  for (std::size_t i = 0; i < index.form_keys.size(); ++i) {
    found.insert({index.form_keys[i], index.form_words[i]});
  }
  EXPECT_EQ(found, forms);
}

class TextIndexProperty : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(TextIndexProperty, HasEveryWordOfEveryFilmHoweverItWasMade) {
  testing::Random random(GetParam());
  std::map<Row, Texts> films;
  TextIndex index;
  for (int generation = 0; generation < 6; ++generation) {
    // Some films stay, with new numbers, and others come between them.
    std::map<Row, Texts> next;
    std::vector<Row> become(films.empty() ? 0 : films.rbegin()->first + 1, kLeftOut);
    std::vector<Row> added;
    TextIndexBuilder builder;
    TextIndexBuilder second;
    Row row = 0;
    const auto add_some = [&](TextIndexBuilder& to) {
      while (random.chance(40)) {
        const Texts texts = random_texts(random);
        to.add(texts.names, texts.cast, texts.description);
        next[row] = texts;
        added.push_back(row++);
      }
    };
    for (const auto& [old, texts] : films) {
      add_some(builder);
      if (random.chance(20)) continue;
      become[old] = row;
      next[row++] = texts;
    }
    add_some(second);
    builder.append(std::move(second));
    films = std::move(next);
    index = builder.finish(added, index, become);
    ASSERT_EQ(content_of(index), expected_content(films));
    ASSERT_NO_FATAL_FAILURE(expect_sound(index));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, TextIndexProperty, ::testing::Range(std::uint64_t{1}, std::uint64_t{21}));

TEST(WordRows, KeepFrequentWordsAsBitmaps) {
  WordRows lists(8'192);
  std::vector<Row> often;
  for (Row row = 0; row < 8'192; row += 3) often.push_back(row);
  lists.push_back(std::vector<Row>{7});
  lists.push_back(often);
  lists.push_back(std::vector<Row>{8'191});
  std::vector<Row> found;
  lists.append_to(found, 1);
  EXPECT_EQ(found, often);
  EXPECT_EQ(lists.weight(1), often.size());
  EXPECT_LT(lists.bytes(), 2'000U);
  Bitmap all(8'192);
  lists.add_to(all, WordRange{0, 3});
  EXPECT_EQ(all.count(), often.size() + 2);
}

TEST(TextIndexWords, AreFoundByTheirBeginnings) {
  TextIndexBuilder builder;
  builder.add(" дом домой дорога", "", "");
  const Row row = 0;
  const TextIndex index = builder.finish(std::span(&row, 1));
  const WordRange range = index.starting_with("дом");
  EXPECT_EQ(range.last - range.first, 2U);
  EXPECT_TRUE(index.starting_with("дым").empty());
  EXPECT_EQ(index.starting_with("").last, 3U);
  EXPECT_FALSE(index.find("до"));
}

TEST(WordRows, HoldRowsOfAnySize) {
  WordRows lists;
  const std::vector<Row> rows{0, 127, 128, 16'383, 16'384, 4'000'000'000};
  lists.push_back(rows);
  lists.push_back({});
  std::vector<Row> found;
  lists.append_to(found, 0);
  EXPECT_EQ(found, rows);
  EXPECT_FALSE(lists.empty(0));
  EXPECT_TRUE(lists.empty(1));
}

}  // namespace
}  // namespace filmoteka::metadata
