#include <gateway/core/feed/changes.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

TEST(Changes, say_which_films_changed_and_up_to_where) {
  const auto changes = parse_changes(
      R"({"changes":[{"revision":7,"id":42,"op":"upsert"},{"revision":9,"id":5,"op":"delete"}],"revision":9})");
  ASSERT_TRUE(changes.has_value());
  EXPECT_EQ(changes->films, (std::vector<FilmChange>{{42, 7}, {5, 9}}));
  EXPECT_EQ(changes->revision, 9U);
}

TEST(Changes, may_be_none) {
  const auto changes = parse_changes(R"({"changes":[],"revision":3})");
  ASSERT_TRUE(changes.has_value());
  EXPECT_TRUE(changes->films.empty());
}

TEST(Changes, are_not_read_out_of_anything_else) {
  for (const char* body :
       {"", "null", "[]", "{}", R"({"changes":[]})", R"({"changes":{},"revision":1})",
        R"({"changes":[7],"revision":1})", R"({"changes":[{"id":1}],"revision":1})",
        R"({"changes":[],"revision":-1})", R"({"changes":[{"id":"1","revision":1}],"revision":1})"}) {
    EXPECT_EQ(parse_changes(body).error().code, ErrorCode::kCorrupt) << body;
  }
}

}  // namespace
}  // namespace filmoteka::gateway
