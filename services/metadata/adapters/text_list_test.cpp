#include <gtest/gtest.h>
#include <metadata/adapters/text_list.hpp>

namespace filmoteka::metadata {
namespace {

using Texts = std::vector<std::string>;

TEST(TextList, comes_back_as_it_was) {
  for (const Texts& texts :
       {Texts{}, Texts{""}, Texts{"драма", "a,\"b\"", "<&>\n\u2028"}, Texts(300, "длинное имя")}) {
    EXPECT_EQ(from_json_list(to_json_list(texts)).value(), texts);
  }
}

TEST(TextList, reads_what_others_wrote) {
  EXPECT_EQ(from_json_list("[ \"a\" , \"b\\u0063\" ]").value(), (Texts{"a", "bc"}));
  EXPECT_EQ(from_json_list("[\"a\",\"\\\\\"]").value(), (Texts{"a", "\\"}));
}

TEST(TextList, refuses_what_is_no_list_of_texts) {
  for (const char* text :
       {"", "{}", "[1]", "[\"a\"", "[\"a\",]", "[\"a\"]]", "[,\"a\"]", "[\"a\"\"b\"]", "null"}) {
    EXPECT_EQ(from_json_list(text).error().code, ErrorCode::kCorrupt) << text;
  }
}

}  // namespace
}  // namespace filmoteka::metadata
