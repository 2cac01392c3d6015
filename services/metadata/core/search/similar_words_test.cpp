#include <filmoteka/base/utf8.hpp>

#include <gtest/gtest.h>
#include <metadata/core/search/similar_words.hpp>
#include <metadata/core/search/text_index_builder.hpp>
#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace filmoteka::metadata {
namespace {

// Optimal string alignment as its definition says it.
unsigned distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<unsigned>> d(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (unsigned i = 0; i <= a.size(); ++i) {
    for (unsigned j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] =
          std::min({d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U), d[i - 1][j] + 1, d[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

std::u32string letters(std::string_view text) {
  std::u32string result;
  while (!text.empty()) result += take_code_point(text);
  return result;
}

// Few letters of one and of two bytes, so that many words are near each other.
std::string random_word(testing::Random& random, std::size_t most) {
  constexpr std::string_view kLetters[] = {"а", "б", "a", "b"};
  std::string word;
  for (std::size_t left = 1 + random.below(most); left > 0; --left) word += random.pick(kLetters);
  return word;
}

class SimilarWords : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  SimilarWords() : random_(GetParam()) {
    TextIndexBuilder builder;
    std::vector<Row> rows;
    for (Row row = 0; row < 400; ++row) {
      words_.insert(random_word(random_, 9));
      rows.push_back(row);
    }
    for (const std::string& word : words_) builder.add(" " + word, "", "");
    rows.resize(words_.size());
    index_ = builder.finish(rows);
  }

  testing::Random random_;
  std::set<std::string> words_;
  TextIndex index_;
};

TEST_P(SimilarWords, AreThoseWithinTheDistance) {
  for (int i = 0; i < 200; ++i) {
    const std::string word = random_word(random_, 10);
    const unsigned most = 1 + static_cast<unsigned>(random_.below(2));
    std::map<std::string, unsigned> expected;
    for (const std::string& known : words_) {
      const unsigned apart = distance(letters(word), letters(known));
      if (apart <= most) expected[known] = apart;
    }
    std::map<std::string, unsigned> found;
    for (const SimilarWord& similar : similar_words(index_, word, most)) {
      found[std::string(index_.words[similar.word])] = similar.distance;
    }
    for (const auto& [known, apart] : expected) {
      ASSERT_TRUE(found.contains(known)) << known << " is within " << most << " of " << word;
      ASSERT_EQ(found.at(known), apart) << known << " and " << word;
    }
    ASSERT_EQ(found.size(), expected.size()) << word << " within " << most;
  }
}

TEST_P(SimilarWords, BeginningsAreThoseWithinOne) {
  for (int i = 0; i < 100; ++i) {
    const std::string word = random_word(random_, 7);
    std::set<std::string> expected;
    for (const std::string& known : words_) {
      const std::u32string all = letters(known);
      for (std::size_t length = 0; length <= all.size(); ++length) {
        if (distance(letters(word), all.substr(0, length)) <= 1) expected.insert(known);
      }
    }
    std::set<std::string> found;
    for (const SimilarWord& similar : similar_beginnings(index_, word)) {
      found.insert(std::string(index_.words[similar.word]));
    }
    ASSERT_EQ(found, expected) << word;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SimilarWords, ::testing::Range(std::uint64_t{1}, std::uint64_t{6}));

TEST(MostErrors, AreOneFromFourLettersAndTwoFromEight) {
  EXPECT_EQ(most_errors(3), 0U);
  EXPECT_EQ(most_errors(4), 1U);
  EXPECT_EQ(most_errors(7), 1U);
  EXPECT_EQ(most_errors(8), 2U);
}

}  // namespace
}  // namespace filmoteka::metadata
