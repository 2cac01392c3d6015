#include "random_text.hpp"

#include <filmoteka/language/stem.hpp>

#include <gtest/gtest.h>

namespace filmoteka::language {
namespace {

TEST(Stem, brings_the_forms_of_a_russian_word_together) {
  Stemmer stemmer;
  for (const char* form : {"бабушка", "бабушки", "бабушке", "бабушку", "бабушкой", "бабушками", "бабушках"}) {
    EXPECT_EQ(stemmer.stem(form), "бабушк") << form;
  }
}

TEST(Stem, brings_the_forms_of_an_english_word_together) {
  Stemmer stemmer;
  EXPECT_EQ(stemmer.stem("avengers"), stemmer.stem("avenger"));
  EXPECT_EQ(stemmer.stem("running"), "run");
}

TEST(Stem, leaves_everything_else_alone) {
  Stemmer stemmer;
  for (const char* word : {"", "2049", "αγαπη", "яndex", "映画", "😀", "\xD0", "брат\xFF", "running\xC3"}) {
    EXPECT_EQ(stemmer.stem(word), word);
  }
}

TEST(Stem, takes_words_of_any_length) {
  Stemmer stemmer;
  for (const std::size_t letters : {200U, 511U, 513U, 100'000U}) {
    std::string word;
    for (std::size_t i = 0; i < letters; ++i) word += "а";
    EXPECT_LE(stemmer.stem(word).size(), word.size());
  }
}

TEST(Stem, takes_any_bytes) {
  Stemmer stemmer;
  RandomText random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random.next();
    EXPECT_LE(stemmer.stem(text).size(), text.size() + 1)
        << text;  // "hoping" becomes "hope": one letter comes back
  }
}

TEST(Stem, stays_usable_after_a_move) {
  Stemmer first;
  Stemmer second(std::move(first));
  EXPECT_EQ(second.stem("running"), "run");
}

}  // namespace
}  // namespace filmoteka::language
