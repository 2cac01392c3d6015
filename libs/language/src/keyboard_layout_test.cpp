#include "random_text.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/language/keyboard_layout.hpp>

#include <gtest/gtest.h>

namespace filmoteka::language {
namespace {

TEST(KeyboardLayout, reads_latin_keys_as_russian_letters) {
  EXPECT_EQ(in_other_layout("ghbdtn"), "привет");
  EXPECT_EQ(in_other_layout("vfnhbwf"), "матрица");
  EXPECT_EQ(in_other_layout("pdtplyst djqys"), "звездные войны");
}

TEST(KeyboardLayout, reads_russian_keys_as_latin_letters) {
  EXPECT_EQ(in_other_layout("фцфквы"), "awards");
  EXPECT_EQ(in_other_layout("ьфекшч 2"), "matrix 2");
}

TEST(KeyboardLayout, knows_the_letters_on_the_keys_of_signs) {
  EXPECT_EQ(in_other_layout(",hfn"), "брат");
  EXPECT_EQ(in_other_layout(";tcnrbq lbcr"), "жесткий диск");
  EXPECT_EQ(in_other_layout("[jhjij"), "хорошо");
  EXPECT_EQ(in_other_layout("j,]tv"), "объем");
  EXPECT_EQ(in_other_layout("'rbgf;"), "экипаж");
  EXPECT_EQ(in_other_layout(".hbq"), "юрий");
  EXPECT_EQ(in_other_layout("`krb"), "ёлки");
}

TEST(KeyboardLayout, keeps_the_case) {
  EXPECT_EQ(in_other_layout("Ghbdtn"), "Привет");
  EXPECT_EQ(in_other_layout("<hfn"), "Брат");
  EXPECT_EQ(in_other_layout("VFNHBWF"), "МАТРИЦА");
  EXPECT_EQ(in_other_layout("Фцфквы"), "Awards");
}

TEST(KeyboardLayout, has_no_opinion_where_the_script_does_not_tell) {
  for (const char* text : {"", "2049", ",.;'", "бpaт", "映画", "😀", "a\xFF", "\xD0", "é", "їђ"}) {
    EXPECT_EQ(in_other_layout(text), std::nullopt) << text;
  }
}

TEST(KeyboardLayout, there_and_back_is_what_was_typed) {
  const std::string latin =
      "the quick brown fox jumps over the lazy dog THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG";
  const std::string russian =
      "съешь же ещё этих мягких французских булок да выпей чаю ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ";
  for (const std::string& text : {latin, russian}) {
    const auto other = in_other_layout(text);
    ASSERT_TRUE(other);
    EXPECT_EQ(in_other_layout(*other), text);
  }
}

TEST(KeyboardLayout, takes_any_bytes) {
  RandomText random(2);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random.next();
    const auto other = in_other_layout(text);
    if (!other) continue;
    EXPECT_TRUE(is_valid_utf8(*other));
    EXPECT_EQ(utf8_length(*other), utf8_length(text)) << text;
  }
}

}  // namespace
}  // namespace filmoteka::language
