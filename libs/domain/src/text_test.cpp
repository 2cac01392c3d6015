#include <filmoteka/domain/text.hpp>

#include <gtest/gtest.h>

namespace filmoteka::domain {
namespace {

TEST(Nfc, composes_what_is_written_in_two_characters) {
  EXPECT_EQ(to_nfc("и\u0306"), "й");
  EXPECT_EQ(to_nfc("e\u0301"), "é");
  EXPECT_EQ(to_nfc("\u2126"), "Ω");
}

TEST(Nfc, leaves_normal_and_ill_formed_text_alone) {
  EXPECT_EQ(to_nfc("Ёлки 5 — Amélie"), "Ёлки 5 — Amélie");
  EXPECT_EQ(to_nfc("\xFFи\xCC"), "\xFFи\xCC");
  EXPECT_EQ(to_nfc(""), "");
}

TEST(Fold, ignores_case_and_makes_io_ie) {
  EXPECT_EQ(fold("ЁЛКИ"), "елки");
  EXPECT_EQ(fold("Ёлки"), fold("елки"));
  EXPECT_EQ(fold("Е\u0308лки"), "елки");
  EXPECT_EQ(fold("The MATRIX"), "the matrix");
}

TEST(Fold, keeps_short_i_apart_from_i) {
  EXPECT_EQ(fold("ЙОД"), "йод");
  EXPECT_NE(fold("мой"), fold("мои"));
  EXPECT_EQ(fold("мои\u0306"), "мой");
  EXPECT_EQ(fold("Їжак"), "їжак");
}

TEST(Fold, takes_accents_off_latin_and_greek) {
  EXPECT_EQ(fold("Amélie"), "amelie");
  EXPECT_EQ(fold("Bodø Łódź"), "bodo lodz");
  EXPECT_EQ(fold("Việt"), "viet");
  EXPECT_EQ(fold("Άλφα"), "αλφα");
  EXPECT_EQ(fold("Straße"), "strasse");
  EXPECT_EQ(fold("İstanbul"), "istanbul");
}

TEST(Fold, drops_the_stress_mark_inside_a_russian_word) {
  EXPECT_EQ(fold("за\u0301мок"), "замок");
}

TEST(Fold, makes_every_run_of_signs_one_space) {
  EXPECT_EQ(fold("  «Брат» — 2!!! "), "брат 2");
  EXPECT_EQ(fold("Spider-Man: No Way Home…"), "spider man no way home");
  EXPECT_EQ(fold("WALL·E"), "wall e");
  EXPECT_EQ(fold("★ ☂"), "");
  EXPECT_EQ(fold("!?"), "");
}

TEST(Fold, brings_compatibility_forms_together) {
  EXPECT_EQ(fold("Ｒｏｃｋｙ Ⅱ"), "rocky ii");
  EXPECT_EQ(fold("ﬁlm"), "film");
  EXPECT_EQ(fold("so\u00ADft"), "soft");
}

TEST(Fold, keeps_marks_that_are_part_of_a_script) {
  EXPECT_EQ(fold("हिन्दी"), "हिन्दी");
  EXPECT_EQ(fold("千と千尋"), "千と千尋");
}

TEST(Fold, does_not_change_what_it_made) {
  for (const char* text :
       {"Ёлки 5", "Amélie", "Straße", "за\u0301мок", "हिन्दी", "★", "\xFF bad \xC3", "ΣΊΣΥΦΟΣ"}) {
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
  }
}

TEST(WordsIn, are_as_they_stand_in_the_text) {
  using Words = std::vector<std::string_view>;
  EXPECT_EQ(words_in("«Ёлки-2»: Spider-Man\xE2\x84\xA2, 8½!"), (Words{"Ёлки", "2", "Spider", "Man", "8½"}));
  EXPECT_EQ(words_in("...  "), Words());
  EXPECT_EQ(words_in("é\xCC\x81"), (Words{"é\xCC\x81"}));
}

TEST(CollationKey, orders_titles_as_people_expect) {
  EXPECT_LT(collation_key("Rocky 2"), collation_key("Rocky 10"));
  EXPECT_LT(collation_key("Rocky 10"), collation_key("rocky 11"));
  EXPECT_LT(collation_key("\"Crocodile\" Dundee"), collation_key("Dune"));
  EXPECT_LT(collation_key("Дом"), collation_key("Ёлки"));
  EXPECT_LT(collation_key("Ёлки"), collation_key("Жмурки"));
  EXPECT_LT(collation_key("Zorro"), collation_key("Аватар"));
}

TEST(CollationKey, has_no_trailing_zero_and_fits_any_length) {
  EXPECT_FALSE(collation_key("a").ends_with('\0'));
  const std::string title(500, 'z');
  EXPECT_LT(collation_key(title), collation_key(title + "z"));
  EXPECT_LT(collation_key(""), collation_key("0"));
}

}  // namespace
}  // namespace filmoteka::domain
