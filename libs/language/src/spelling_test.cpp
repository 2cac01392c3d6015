#include "spelling.hpp"

#include "script.hpp"

#include <filmoteka/base/utf8.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace filmoteka::language {
namespace {

std::vector<std::string> texts(const std::vector<Spelling>& spellings) {
  std::vector<std::string> result;
  for (const Spelling& spelling : spellings) result.push_back(spelling.text);
  return result;
}
using Texts = std::vector<std::string>;

TEST(Spelling, orders_by_cost) {
  const Rule rules[] = {{"a", Where::kAnywhere, {{"1", 0}, {"2", 3}}},
                        {"b", Where::kAnywhere, {{"3", 0}, {"4", 1}}}};
  EXPECT_EQ(texts(spell("ab", rules)), (Texts{"13", "14", "23", "24"}));
}

TEST(Spelling, prefers_several_letters_for_one_sound) {
  const Rule rules[] = {
      {"s", Where::kAnywhere, {{"с"}}}, {"h", Where::kAnywhere, {{"х"}}}, {"sh", Where::kAnywhere, {{"ш"}}}};
  EXPECT_EQ(texts(spell("sh", rules)), (Texts{"ш", "сх"}));
}

TEST(Spelling, has_each_text_once_at_its_lowest_cost) {
  const Rule rules[] = {{"a", Where::kAnywhere, {{"1", 2}, {"1", 1}}}};
  const auto spellings = spell("a", rules);
  ASSERT_EQ(spellings.size(), 1U);
  EXPECT_EQ(spellings[0].cost, 1U);
}

TEST(Spelling, knows_the_place_of_a_rule) {
  const Rule rules[] = {{"a", Where::kStart, {{"s"}}},
                        {"a", Where::kInside, {{"i"}}},
                        {"a", Where::kEnd, {{"e"}}},
                        {"b", Where::kAnywhere, {{"b"}}},
                        {"o", Where::kAfterConsonant, {{"c"}}},
                        {"u", Where::kAfterVowel, {{"v"}}},
                        {"t", Where::kBeforeFront, {{"f"}}},
                        {"g", Where::kBeforeBack, {{"h"}}},
                        {"k", Where::kClosed, {{"l"}}}};
  EXPECT_EQ(texts(spell("abaoba", rules)), (Texts{"sbiobe"}));
  EXPECT_EQ(texts(spell("bo", rules)), (Texts{"bc"}));
  EXPECT_EQ(texts(spell("te", rules)), (Texts{"fe"}));
  EXPECT_EQ(texts(spell("tb", rules)), (Texts{"tb"}));
  EXPECT_EQ(texts(spell("oubu", rules)), (Texts{"ovbu"}));
  EXPECT_EQ(texts(spell("gegog", rules)), (Texts{"gehch"}));
  EXPECT_EQ(texts(spell("kuktk", rules)), (Texts{"kultl"}));
}

TEST(Spelling, leaves_what_it_has_no_rule_for) {
  EXPECT_EQ(texts(spell("7😀", {})), (Texts{"7😀"}));
}

TEST(Spelling, rules_name_letters_of_one_script_and_give_those_of_the_other) {
  const auto check = [](std::span<const Rule> rules, Script from, Script to) {
    for (const Rule& rule : rules) {
      EXPECT_EQ(script_of(rule.from), rule.from == "'" ? Script::kNone : from) << rule.from;
      for (const Way& way : rule.ways) {
        EXPECT_EQ(script_of(way.text), way.text.empty() ? Script::kNone : to) << rule.from;
      }
    }
  };
  check(latin_to_cyrillic(), Script::kLatin, Script::kCyrillic);
  check(cyrillic_to_latin(), Script::kCyrillic, Script::kLatin);
}

}  // namespace
}  // namespace filmoteka::language
