#include <gateway/core/aggregate/parts.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PartAnswer answer(std::string body) {
  return {200, std::move(body)};
}

std::vector<PartAnswer> all() {
  return {
      answer(R"({"items":[{"id":1}],"page":{"total":7}})"),
      answer(R"({"items":[{"id":2}],"page":{"total":7}})"),
      answer(R"({"items":[{"id":3}],"page":{"total":7}})"),
      answer(
          R"({"items":[{"value":"драма","count":5},{"value":"a\"b","count":4},{"value":"R&B","count":3}]})")};
}

TEST(Home, has_shelves_of_the_commonest_genres) {
  const auto shelves = Home::shelves(all());
  ASSERT_THAT(shelves, SizeIs(2)) << "a name with escapes is left out";
  EXPECT_EQ(shelves[0].target, "/movies?genre=%D0%B4%D1%80%D0%B0%D0%BC%D0%B0&sort=-rating&per_page=12");
  EXPECT_EQ(shelves[1].target, "/movies?genre=R%26B&sort=-rating&per_page=12");
}

TEST(Home, is_made_of_its_parts) {
  const std::vector<Part> shelves{{"драма", "/movies"}};
  const auto home = Home::assemble(all(), shelves, {answer(R"({"items":[{"id":4}]})")});
  ASSERT_TRUE(home.has_value());
  EXPECT_TRUE(home->is_whole);
  EXPECT_EQ(home->body,
            R"({"sections":[{"id":"new","items":[{"id":1}]},{"id":"popular","items":[{"id":2}]},)"
            R"({"id":"top_rated","items":[{"id":3}]},{"id":"genre","genre":"драма","items":[{"id":4}]}],)"
            R"("genres":[{"value":"драма","count":5},{"value":"a\"b","count":4},{"value":"R&B","count":3}],)"
            R"("stats":{"films":7,"genres":3},"degraded":[]})");
}

TEST(Home, names_what_is_missing_and_shows_the_rest) {
  auto answers = all();
  answers[1] = {};
  answers[3] = {503, "{}"};
  const auto home = Home::assemble(answers, {}, {});
  ASSERT_TRUE(home.has_value());
  EXPECT_FALSE(home->is_whole);
  EXPECT_THAT(home->body,
              HasSubstr(R"("genres":[],"stats":{"films":null,"genres":0},"degraded":["popular","genres"]})"));
  EXPECT_THAT(home->body, HasSubstr(R"({"id":"top_rated","items":[{"id":3}]})"));
}

TEST(Home, of_nothing_is_nothing) {
  EXPECT_FALSE(Home::assemble({{}, {}, {503, "{}"}, {}}, {}, {}).has_value());
}

TEST(FilmPage, includes_what_is_named) {
  const auto parts = FilmPage::parts("/movies/5", "similar,similar");
  ASSERT_TRUE(parts.has_value());
  ASSERT_THAT(*parts, SizeIs(2));
  EXPECT_EQ((*parts)[1].target, "/movies/5/similar");
  EXPECT_FALSE(FilmPage::parts("/movies/5", "similar,reviews").has_value());
  const auto page = FilmPage::assemble(*parts, {answer(R"({"id":5})"), answer(R"({"items":[{"id":6}]})")});
  EXPECT_EQ(page.body, R"({"id":5,"similar":[{"id":6}],"degraded":[]})");
  EXPECT_TRUE(page.is_whole);
}

TEST(FilmPage, shows_the_film_without_what_failed) {
  const auto parts = FilmPage::parts("/movies/5", "similar");
  const auto page = FilmPage::assemble(*parts, {answer(R"({"id":5})"), {}});
  EXPECT_EQ(page.body, R"({"id":5,"degraded":["similar"]})");
  EXPECT_FALSE(page.is_whole);
}

}  // namespace
}  // namespace filmoteka::gateway
