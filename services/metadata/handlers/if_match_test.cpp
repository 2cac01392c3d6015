#include <gtest/gtest.h>
#include <metadata/handlers/if_match.hpp>

namespace filmoteka::metadata {
namespace {

using Revisions = std::vector<domain::Revision>;

TEST(IfMatch, reads_lists_of_etags) {
  EXPECT_FALSE(parse_if_match(std::nullopt).value().has_value());
  EXPECT_FALSE(parse_if_match(" * ").value().has_value());
  EXPECT_EQ(*parse_if_match("\"17\"").value(), (Revisions{17}));
  EXPECT_EQ(*parse_if_match("\"17\" , \"18\"").value(), (Revisions{17, 18}));
  EXPECT_EQ(etag_of({"{}", 5, 300}), "\"5.300\"");
  EXPECT_EQ(*parse_if_match("\"5.300\"").value(), (Revisions{5}));
}

TEST(IfMatch, weak_and_foreign_etags_match_nothing) {
  EXPECT_EQ(*parse_if_match("W/\"17\"").value(), Revisions{});
  EXPECT_EQ(*parse_if_match("\"abc\", \"18\"").value(), (Revisions{18}));
  EXPECT_EQ(*parse_if_match("\"5.x\", \"5.\", \"5.1.2\", \".5\"").value(), Revisions{});
}

TEST(IfMatch, several_lines_are_one_list) {
  http::Request request;
  EXPECT_EQ(if_match_of(request), std::nullopt);
  const std::vector<http::HeaderView> headers = {{"If-Match", "\"1\""}, {"Host", "a"}, {"if-match", "\"2\""}};
  request.headers = headers;
  EXPECT_EQ(*parse_if_match(if_match_of(request)).value(), (Revisions{1, 2}));
}

TEST(IfMatch, nonsense_is_refused) {
  for (const char* header : {"", "17", "\"17", "\"17\"\"18\"", "\"17\",", "W/17", "*, \"1\""}) {
    EXPECT_TRUE(parse_if_match(header).has_error()) << header;
  }
}

}  // namespace
}  // namespace filmoteka::metadata
