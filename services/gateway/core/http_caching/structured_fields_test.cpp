#include <gateway/core/http_caching/structured_fields.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway::structured {
namespace {

TEST(Rfc9651_4_2_Parsing, ReadsDictionaries) {
  const auto fields = parse_dictionary(R"(max-age=60, no-store, x="a\"b";p=1, y=?0, l=(1 "a");q, t=tok/en)");
  ASSERT_TRUE(fields);
  ASSERT_EQ(fields->size(), 6U);
  EXPECT_EQ(std::get<std::int64_t>((*fields)[0].second), 60);
  EXPECT_TRUE(std::get<bool>((*fields)[1].second));
  EXPECT_EQ(std::get<std::string>((*fields)[2].second), "a\"b");
  EXPECT_FALSE(std::get<bool>((*fields)[3].second));
  EXPECT_TRUE(std::holds_alternative<Other>((*fields)[4].second));
  EXPECT_EQ(std::get<Token>((*fields)[5].second).text, "tok/en");
}

TEST(Rfc9651_4_2_2_Dictionaries, KeepTheLastOfAKey) {
  const auto fields = parse_dictionary("a=1, b, a=2");
  ASSERT_EQ(fields->size(), 2U);
  EXPECT_EQ(std::get<std::int64_t>(fields->front().second), 2);
}

TEST(Rfc9651_4_2_Parsing, ReadsLists) {
  const auto list = parse_list("  \"a\", b;x=1 , -3, :YQ==:, 1.5, @1  ");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size(), 6U);
  EXPECT_TRUE(parse_list("")->empty());
}

TEST(Rfc9651_4_2_Parsing, FailsAsAWhole) {
  for (const char* text : {"a=", "A=1", "a=1,", "a=1 b", "a=\"x", "a=\"\\x\"", "a=?2", "a=1.", "a=(1", "a=:x",
                           "a=1,,b", "=1", "a=1234567890123456", "a=\x80", "a;=1", "a=@1.5"}) {
    EXPECT_FALSE(parse_dictionary(text)) << text;
  }
  for (const char* text : {"\"a", "a,", "a b", "a,,b"}) EXPECT_FALSE(parse_list(text)) << text;
}

}  // namespace
}  // namespace filmoteka::gateway::structured
