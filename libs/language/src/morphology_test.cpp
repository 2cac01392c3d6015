#include "dictionary.hpp"
#include "random_text.hpp"
#include "russian_letters.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/language/morphology.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace filmoteka::language {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct FormAndLemma {
  const char* form;
  const char* lemma;
};

void PrintTo(const FormAndLemma& pair, std::ostream* out) {
  *out << pair.form << " " << pair.lemma;
}

class Lemma : public testing::TestWithParam<FormAndLemma> {};

TEST_P(Lemma, is_found_for_a_form) {
  const Morphology morphology;
  const std::string form = domain::fold(GetParam().form);
  EXPECT_TRUE(morphology.knows(form));
  EXPECT_THAT(morphology.lemmas(form), Contains(domain::fold(GetParam().lemma)));
}

INSTANTIATE_TEST_SUITE_P(Morphology, Lemma,
                         testing::Values(FormAndLemma{"друзья", "друг"}, FormAndLemma{"любви", "любовь"},
                                         FormAndLemma{"матери", "мать"}, FormAndLemma{"сестёр", "сестра"},
                                         FormAndLemma{"людям", "человек"}, FormAndLemma{"дети", "ребёнок"},
                                         FormAndLemma{"шла", "идти"}, FormAndLemma{"пришёл", "прийти"},
                                         FormAndLemma{"войны", "война"}, FormAndLemma{"звёздные", "звёздный"},
                                         FormAndLemma{"ёлки", "ёлка"}, FormAndLemma{"лучшие", "хороший"},
                                         FormAndLemma{"братья", "брат"}, FormAndLemma{"псов", "пёс"},
                                         FormAndLemma{"москве", "москва"}, FormAndLemma{"иваном", "иван"}));

TEST(Morphology, gives_all_lemmas_of_an_ambiguous_form) {
  const Morphology morphology;
  EXPECT_THAT(morphology.lemmas("стали"), UnorderedElementsAre("сталь", "стать"));
  EXPECT_THAT(morphology.lemmas("мой"), UnorderedElementsAre("мой", "мыть"));
}

TEST(Morphology, gives_a_lemma_itself) {
  const Morphology morphology;
  EXPECT_THAT(morphology.lemmas("брат"), ElementsAre("брат"));
  EXPECT_THAT(morphology.lemmas("в"), Contains("в"));
}

TEST(Morphology, lets_a_word_stand_for_itself_whose_lemma_is_no_word) {
  const Morphology morphology;
  EXPECT_THAT(morphology.lemmas("спб"), ElementsAre("спб"));  // Санкт-Петербург
}

TEST(Morphology, finds_io_where_ie_is_written_and_keeps_what_only_has_ie) {
  const Morphology morphology;
  EXPECT_THAT(morphology.lemmas("все"), Contains("весь"));
  EXPECT_THAT(morphology.lemmas("елка"), ElementsAre("елка"));
  EXPECT_THAT(morphology.lemmas("небо"), Contains("небо"));
}

TEST(Morphology, guesses_the_lemmas_of_words_that_it_does_not_know) {
  const Morphology morphology;
  for (const char* form : {"бэтмен", "бэтмена", "бэтмену", "бэтменом", "бэтмене", "бэтмены"}) {
    EXPECT_FALSE(morphology.knows(form));
    EXPECT_THAT(morphology.lemmas(form), Contains("бэтмен")) << form;
    EXPECT_LE(morphology.lemmas(form).size(), 3U) << form;
  }
  EXPECT_THAT(morphology.lemmas("покемонами"), Contains("покемон"));
  EXPECT_THAT(morphology.lemmas("наикрутейший"), testing::Not(IsEmpty()));
}

/// A form of a word of the dictionary, folded: some way through the graph.
std::string random_form(std::mt19937& random) {
  const Dawg& words = built_in_dictionary().words;
  Dawg::State state = Dawg::kRoot;
  std::string form;
  for (;;) {
    std::vector<std::pair<std::uint8_t, Dawg::State>> children;
    words.for_each_child(state,
                         [&](std::uint8_t label, Dawg::State child) { children.emplace_back(label, child); });
    if (children.empty()) return form;
    const auto [label, child] = children[random() % children.size()];
    if (label == 1) return form;
    const bool letter = label >= 0xE0;
    append_utf8(form, label == kIo ? U'е' : letter ? U'а' + (label - 0xE0U) : char32_t{label});
    state = child;
  }
}

TEST(Morphology, knows_every_form_of_its_dictionary_and_every_lemma_is_its_own) {
  const Morphology morphology;
  std::mt19937 random(8);
  for (int i = 0; i < 20'000; ++i) {
    const std::string form = random_form(random);
    if (!to_letters(form)) continue;  // "кое-где": a folded word has no hyphen
    EXPECT_TRUE(morphology.knows(form)) << form;
    const auto lemmas = morphology.lemmas(form);
    EXPECT_THAT(lemmas, testing::Not(IsEmpty())) << form;
    for (const std::string& lemma : lemmas) {
      EXPECT_EQ(domain::fold(lemma), lemma) << form;
      EXPECT_THAT(morphology.lemmas(lemma), Contains(lemma)) << form;
    }
  }
}

TEST(Morphology, has_nothing_to_say_of_other_text) {
  const Morphology morphology;
  for (const char* word :
       {"", "brat", "2049", "бpaт", "映画", "😀", "брат\xFF", "\xD0", "ї", "ъ", "друг друга"}) {
    EXPECT_THAT(morphology.lemmas(word), IsEmpty()) << word;
    EXPECT_FALSE(morphology.knows(word)) << word;
  }
}

TEST(Morphology, takes_words_of_any_length) {
  const Morphology morphology;
  std::string word;
  for (int i = 0; i < 200; ++i) word += "е";
  EXPECT_FALSE(morphology.knows(word));
  EXPECT_LE(morphology.lemmas(word).size(), 3U);
}

TEST(Morphology, takes_any_bytes_and_gives_folded_lemmas_each_once) {
  const Morphology morphology;
  RandomText random(5);
  for (int i = 0; i < 20'000; ++i) {
    const std::string word = i % 2 == 0 ? random.next() : domain::fold(random.next());
    const auto lemmas = morphology.lemmas(word);
    EXPECT_EQ(std::set<std::string>(lemmas.begin(), lemmas.end()).size(), lemmas.size());
    for (const std::string& lemma : lemmas) EXPECT_EQ(domain::fold(lemma), lemma) << word;
    EXPECT_TRUE(!lemmas.empty() || !morphology.knows(word)) << word;
  }
}

}  // namespace
}  // namespace filmoteka::language
