#include <gateway/core/aggregate/json_member.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(JsonMember, is_found_as_it_is_written) {
  constexpr std::string_view json =
      R"({"items":[{"a":"]}\"x"},2], "page" : {"total": 36273 } ,"n":7.40,"t":true})";
  EXPECT_EQ(json_member(json, "items"), R"([{"a":"]}\"x"},2])");
  EXPECT_EQ(json_member(json, "page"), R"({"total": 36273 })");
  EXPECT_EQ(json_member(*json_member(json, "page"), "total"), "36273");
  EXPECT_EQ(json_member(json, "n"), "7.40");
  EXPECT_EQ(json_member(json, "t"), "true");
}

TEST(JsonMember, is_only_one_of_the_object_itself) {
  EXPECT_EQ(json_member(R"({"a":{"b":1},"c":"\"b\":2"})", "b"), std::nullopt);
  EXPECT_EQ(json_member(R"([{"b":1}])", "b"), std::nullopt);
}

TEST(JsonMember, of_what_is_no_json_is_nothing_or_a_piece_of_it) {
  for (const std::string_view json : {"", "{", R"({")", R"({"b)", R"({"b")", R"({"b":)", R"({b:1})", "null",
                                      R"({"a"1})", R"({"a":"\)", R"({"a":[[)"}) {
    EXPECT_EQ(json_member(json, "b"), std::nullopt) << json;
    json_elements(json);
  }
  EXPECT_EQ(json_member(R"({"b":"x)", "b"), R"("x)");
}

TEST(JsonElements, are_the_arrays_own) {
  EXPECT_THAT(json_elements(R"([1, {"a":[2,3]} ,"x,y" ])"), ElementsAre("1", R"({"a":[2,3]})", R"("x,y")"));
  EXPECT_THAT(json_elements("[]"), IsEmpty());
  EXPECT_THAT(json_elements("{}"), IsEmpty());
}

TEST(WithMember, adds_one_at_the_end) {
  EXPECT_EQ(with_member(R"({"id":1})", "similar", "[2]"), R"({"id":1,"similar":[2]})");
  EXPECT_EQ(with_member("{}", "a", "1"), R"({"a":1})");
  EXPECT_EQ(with_member("[]", "a", "1"), "[]");
}

}  // namespace
}  // namespace filmoteka::gateway
