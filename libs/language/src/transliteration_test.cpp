#include "random_text.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/language/transliteration.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <set>

namespace filmoteka::language {
namespace {

using testing::Contains;
using testing::IsEmpty;

struct Pair {
  const char* word;
  const char* other;
};

void PrintTo(const Pair& pair, std::ostream* out) {
  *out << pair.word << " " << pair.other;
}

class Transliterated : public testing::TestWithParam<Pair> {};

TEST_P(Transliterated, is_among_the_spellings) {
  EXPECT_THAT(transliterations(GetParam().word), Contains(GetParam().other)) << GetParam().word;
}

INSTANTIATE_TEST_SUITE_P(
    RussianInLatinLetters, Transliterated,
    testing::Values(Pair{"brat", "брат"}, Pair{"shchuka", "щука"}, Pair{"ivan", "иван"},
                    Pair{"matritsa", "матрица"}, Pair{"matrica", "матрица"}, Pair{"yolki", "елки"},
                    Pair{"jolki", "елки"}, Pair{"lyubov", "любовь"}, Pair{"noch", "ночь"},
                    Pair{"druzya", "друзья"}, Pair{"voyna", "война"}, Pair{"vojna", "война"},
                    Pair{"moskva", "москва"}, Pair{"zhizn", "жизнь"}, Pair{"khleb", "хлеб"},
                    Pair{"xleb", "хлеб"}, Pair{"chuzhoy", "чужой"}, Pair{"semya", "семья"},
                    Pair{"dostoevskiy", "достоевский"}, Pair{"mariya", "мария"},
                    Pair{"dostoevsky", "достоевский"}, Pair{"dmitri", "дмитрий"}, Pair{"semja", "семья"},
                    Pair{"step", "степь"}, Pair{"maria", "мария"}));

INSTANTIATE_TEST_SUITE_P(
    EnglishInLatinLetters, Transliterated,
    testing::Values(Pair{"batman", "батман"}, Pair{"batman", "бэтмен"}, Pair{"spiderman", "спайдермен"},
                    Pair{"matrix", "матрикс"}, Pair{"avatar", "аватар"}, Pair{"joker", "джокер"},
                    Pair{"fox", "фокс"}, Pair{"titanic", "титаник"}, Pair{"rocky", "рокки"},
                    Pair{"harry", "гарри"}, Pair{"potter", "поттер"}, Pair{"hulk", "халк"},
                    Pair{"thor", "тор"}, Pair{"shrek", "шрек"}, Pair{"deadpool", "дэдпул"},
                    Pair{"hobbit", "хоббит"}, Pair{"watson", "уотсон"}, Pair{"fight", "файт"},
                    Pair{"james", "джеймс"}, Pair{"terminator", "терминатор"}, Pair{"inception", "инсепшн"},
                    Pair{"avengers", "авенджерс"}, Pair{"transformers", "трансформеры"},
                    Pair{"alien", "элиен"}, Pair{"home", "хоум"}, Pair{"time", "тайм"}, Pair{"game", "гейм"},
                    Pair{"star", "стар"}, Pair{"wars", "варс"}));

INSTANTIATE_TEST_SUITE_P(RussianInCyrillicLetters, Transliterated,
                         testing::Values(Pair{"брат", "brat"}, Pair{"щука", "shchuka"}, Pair{"иван", "ivan"},
                                         Pair{"матрица", "matritsa"}, Pair{"елки", "yolki"},
                                         Pair{"любовь", "lyubov"}, Pair{"война", "voyna"},
                                         Pair{"чужой", "chuzhoy"}, Pair{"достоевский", "dostoevsky"},
                                         Pair{"юрий", "yuri"}, Pair{"семья", "semya"}, Pair{"київ", "kyiv"}));

INSTANTIATE_TEST_SUITE_P(
    EnglishInCyrillicLetters, Transliterated,
    testing::Values(Pair{"бэтмен", "batman"}, Pair{"бэтмен", "betmen"}, Pair{"спайдермен", "spiderman"},
                    Pair{"матрикс", "matrix"}, Pair{"аватар", "avatar"}, Pair{"джокер", "joker"},
                    Pair{"фокс", "fox"}, Pair{"тайтаник", "titanic"}, Pair{"титаник", "titanic"},
                    Pair{"хоум", "home"}, Pair{"элон", "alone"}, Pair{"рокки", "rocky"},
                    Pair{"гарри", "harry"}, Pair{"халк", "hulk"}, Pair{"шрек", "shrek"}, Pair{"тайм", "time"},
                    Pair{"гейм", "game"}, Pair{"инсепшн", "inception"}, Pair{"трансформеры", "transformers"},
                    Pair{"хьюго", "hugo"}, Pair{"дюна", "dune"}, Pair{"уолл", "wall"}, Pair{"стар", "star"},
                    Pair{"уорс", "wars"}));

TEST(Transliterations, begin_with_the_likeliest) {
  EXPECT_EQ(transliterations("brat").front(), "брат");
  EXPECT_EQ(transliterations("брат").front(), "brat");
  EXPECT_EQ(transliterations("матрикс").front(), "matrix");
}

TEST(Transliterations, keep_digits) {
  EXPECT_EQ(transliterations("br4t").front(), "бр4т");
  EXPECT_THAT(transliterations("б2").front(), "b2");
}

TEST(Transliterations, need_letters_of_one_script) {
  for (const char* word : {"", "2049", "бpaт", "映画", "😀", "a\xFF", "\xD0", "αγαπη"}) {
    EXPECT_THAT(transliterations(word), IsEmpty()) << word;
  }
  EXPECT_THAT(transliterations("ъ"), IsEmpty());
}

TEST(Transliterations, give_up_on_what_is_no_word) {
  EXPECT_FALSE(transliterations(std::string(40, 'a')).empty());
  EXPECT_THAT(transliterations(std::string(41, 'a')), IsEmpty());
}

TEST(Transliterations, are_few_and_folded_and_each_there_once) {
  RandomText random(3);
  for (int i = 0; i < 3'000; ++i) {
    const std::string folded = domain::fold(random.next());
    const auto spellings = transliterations(folded.substr(0, folded.find(' ')));
    EXPECT_LE(spellings.size(), kMostTransliterations);
    EXPECT_EQ(std::set<std::string>(spellings.begin(), spellings.end()).size(), spellings.size());
    for (const std::string& spelling : spellings) EXPECT_EQ(domain::fold(spelling), spelling);
  }
}

TEST(Transliterations, take_any_bytes) {
  RandomText random(4);
  for (int i = 0; i < 3'000; ++i) {
    for (const std::string& spelling : transliterations(random.next())) EXPECT_TRUE(is_valid_utf8(spelling));
  }
}

}  // namespace
}  // namespace filmoteka::language
