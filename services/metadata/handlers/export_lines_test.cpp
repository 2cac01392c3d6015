#include <filmoteka/base/strings.hpp>

#include <gtest/gtest.h>
#include <metadata/handlers/export_lines.hpp>
#include <metadata/testing/films.hpp>

#include <string>
#include <string_view>

namespace filmoteka::metadata {
namespace {

const Timestamp kThen{std::chrono::milliseconds{1'700'000'000'123}};

template <class Line>
void expect_same(const Line& line) {
  std::string text;
  append_export_line(text, line);
  const Result<ExportLine> read = read_export_line(text, kThen);
  ASSERT_TRUE(read.has_value()) << describe(read.error()) << '\n' << text;
  EXPECT_EQ(*read, ExportLine(line)) << text;
}

domain::Movie movie(int id, domain::Revision revision) {
  domain::Movie made;
  made.id = id;
  made.revision = revision;
  made.facts = testing::film(id);
  made.added_at = made.updated_at = kThen;
  made.facts.added_at = kThen;
  return made;
}

TEST(ExportLines, every_line_comes_back_as_it_was) {
  expect_same(movie(7, 9));
  expect_same(RestoreMovies::Deletion{3, 8, kThen});
  expect_same(StoredReview{1, 2, "\"похожи\"\n<b>", kThen, false});
  expect_same(StoredReview{1, 20, "", kThen, true});
  expect_same(ExportEnd{{12, 34}, 5, 6, 7});
}

TEST(ExportLines, what_is_no_line_of_an_export_is_refused) {
  for (const std::string text :
       {"", "[]", "1", "{}", R"({"deleted":0,"revision":1,"deleted_at":"2026-01-01T00:00:00Z"})",
        R"({"deleted":1,"revision":1})",
        R"({"deleted":1,"revision":9007199254740993,"deleted_at":"2026-01-01"})",
        R"({"review":[2,1],"created_at":"2026-01-01T00:00:00Z","dismissed":true,"reasons":""})",
        R"({"review":[1],"created_at":"2026-01-01T00:00:00Z","dismissed":true,"reasons":""})",
        R"({"review":[1,2],"created_at":"2026-01-01T00:00:00Z","dismissed":true,"reasons":"\u0000"})",
        R"({"review":[1,2],"created_at":"2026-01-01T00:00:00Z","reasons":""})", R"({"end":true})"}) {
    const Result<ExportLine> read = read_export_line(text, kThen);
    ASSERT_TRUE(read.has_error()) << text;
    EXPECT_EQ(read.error().code, ErrorCode::kInvalidArgument) << text;
  }
}

TEST(ExportLines, numbers_that_no_reader_of_json_has_exactly_are_refused) {
  for (const auto number : {&domain::Movie::id, &domain::Movie::revision, &domain::Movie::local_views}) {
    domain::Movie wrong = movie(1, 1);
    wrong.*number = (std::int64_t{1} << 53) + 1;
    std::string text;
    append_export_line(text, wrong);
    EXPECT_TRUE(read_export_line(text, kThen).has_error()) << text;
  }
}

TEST(ExportText, deletions_stand_between_the_films_and_the_end_is_last) {
  ExportText text({9, 20}, {{5, 2, kThen}, {6, 3, kThen}, {7, 9, kThen}}, {{1, 2, "", kThen, true}});
  std::string all = text.next({movie(1, 1), movie(2, 4)});
  all += text.next({movie(3, 8)});
  EXPECT_FALSE(text.is_finished());
  all += text.next({});
  EXPECT_TRUE(text.is_finished());
  std::string kinds;
  domain::Revision last = 0;
  for (const std::string_view line : split(all, '\n')) {
    if (line.empty()) continue;
    const ExportLine read = read_export_line(line, kThen).value();
    kinds += "fdre"[read.index()];
    const auto* film = std::get_if<domain::Movie>(&read);
    const auto* deletion = std::get_if<RestoreMovies::Deletion>(&read);
    if (film != nullptr || deletion != nullptr) {
      EXPECT_GT(film != nullptr ? film->revision : deletion->revision, last);
      last = film != nullptr ? film->revision : deletion->revision;
    }
    if (const auto* end = std::get_if<ExportEnd>(&read)) {
      EXPECT_EQ(*end, (ExportEnd{{9, 20}, 3, 3, 1}));
    }
  }
  EXPECT_EQ(kinds, "fddffdre");
}

TEST(ExportText, no_piece_is_empty_before_the_end) {
  std::vector<StoredReview> many(10'000, StoredReview{1, 2, "", kThen, true});
  ExportText text({1, 1}, {}, std::move(many));
  std::size_t pieces = 0;
  while (!text.is_finished()) {
    EXPECT_FALSE(text.next({}).empty());
    ++pieces;
  }
  EXPECT_EQ(pieces, 3U);
}

}  // namespace
}  // namespace filmoteka::metadata
