#include <filmoteka/http/query.hpp>

#include <gtest/gtest.h>

namespace filmoteka::http {
namespace {

TEST(Query, decodes_pairs_in_their_order) {
  const QueryParameters expected = {
      {"q", "a b"}, {"genre", "Драма"}, {"genre", "x+y"}, {"empty", ""}, {"flag", ""}};
  EXPECT_EQ(parse_query("q=a+b&genre=%D0%94%D1%80%D0%B0%D0%BC%D0%B0&&genre=x%2By&empty=&flag").value(),
            expected);
  EXPECT_TRUE(parse_query("").value().empty());
}

TEST(Query, keeps_further_equals_signs) {
  EXPECT_EQ(parse_query("a=b=c").value(), (QueryParameters{{"a", "b=c"}}));
}

TEST(Query, names_the_malformed_parameter) {
  for (const char* query : {"a=1&bad=%", "bad=%4", "bad=%zz", "bad=%FF", "bad=%C0%AF", "bad=%00"}) {
    const auto parsed = parse_query(query);
    ASSERT_TRUE(parsed.has_error()) << query;
    EXPECT_EQ(parsed.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(parsed.error().fields.at(0).parameter, "bad") << query;
  }
}

TEST(Query, bounds_the_number_of_parameters) {
  std::string query;
  for (int i = 0; i < 200; ++i) query += "a=1&";
  EXPECT_EQ(parse_query(query).value().size(), 200U);
  EXPECT_TRUE(parse_query(query + "a=1").has_error());
}

TEST(Query, encodes_so_that_decoding_gives_it_back) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  EXPECT_EQ(decode_component(encode_component(every_byte)), every_byte);
  EXPECT_EQ(encode_component("a b/Ж~"), "a%20b%2F%D0%96~");
  EXPECT_EQ(decode_component("a+b"), "a+b");
}

}  // namespace
}  // namespace filmoteka::http
