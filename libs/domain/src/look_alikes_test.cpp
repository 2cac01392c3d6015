#include <filmoteka/domain/look_alikes.hpp>

#include <gtest/gtest.h>

#include <string>

namespace filmoteka::domain {
namespace {

TEST(FixLookAlikes, repairs_words_that_mix_scripts_where_that_is_certain) {
  EXPECT_EQ(fix_look_alikes("СarJitsu"), "CarJitsu");
  EXPECT_EQ(fix_look_alikes("Mоскoвские тайны"), "Московские тайны");
  EXPECT_EQ(fix_look_alikes("Фильм HD, кот в cапогах"), "Фильм HD, кот в сапогах");
}

TEST(FixLookAlikes, leaves_what_is_meant_or_uncertain) {
  for (const char* text :
       {"Vизитёры", "Ёлки 5", "Throne of Elves", "СOХ", "S.W.A.T. и Ко", "Amélie", "\xFF"}) {
    EXPECT_EQ(fix_look_alikes(text), text);
  }
}

}  // namespace
}  // namespace filmoteka::domain
