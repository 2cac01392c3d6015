/// Random catalogues, histories and questions: every answer is compared with the oracle's.
#include <filmoteka/api/movie_json.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/expected_page.hpp>
#include <metadata/core/testing/history.hpp>
#include <metadata/core/testing/random_query.hpp>

namespace filmoteka::metadata {
namespace {

using testing::History;
using testing::Oracle;

void check_list(const History& history, const ListQuery& query) {
  const ListQuery searched = testing::as_searched(*history.snapshot(), query);
  if (searched != query) {
    ListQuery as_typed;
    as_typed.q = query.q;
    ASSERT_TRUE(history.oracle().all(as_typed).empty()) << "what has an answer is not corrected: " << query.q;
  }
  const Oracle::Page page = history.oracle().list(searched);
  const ListResult result = list_movies(*history.snapshot(), query);
  ASSERT_EQ(testing::without_cursors(result.body), testing::expected_page(history.oracle(), searched, page))
      << "?" << to_query_string(query);
  const boost::json::value body = boost::json::parse(result.body);
  ASSERT_EQ(body.at("page").at("next_cursor").is_null(), !result.next_cursor);
  ASSERT_EQ(result.has_next, std::uint64_t{query.page} * query.per_page < page.total);
  ASSERT_EQ(result.next_cursor.has_value(), result.has_next);
  ASSERT_EQ(result.prev_cursor.has_value(), query.page > 1 && !page.ids.empty());
}

void check_films(const History& history) {
  ASSERT_EQ(history.snapshot()->films(), history.oracle().films().size());
  for (const auto& [id, movie] : history.oracle().films()) {
    std::string json;
    api::append_movie(json, movie);
    const auto found = find_movie(*history.snapshot(), id, true);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->body, json);
    ASSERT_EQ(found->revision, movie.revision);
    ASSERT_EQ(find_movie(*history.snapshot(), id, false).has_value(), movie.facts.is_active);
  }
}

void check_genres(const History& history) {
  boost::json::array items;
  for (const auto& [value, count] : history.oracle().genres()) {
    items.push_back({{"value", value}, {"count", count}});
  }
  ASSERT_EQ(boost::json::parse(genres_json(*history.snapshot())), (boost::json::object{{"items", items}}));
}

class ListMoviesProperty : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(ListMoviesProperty, AnswersAreTheOracles) {
  History history(GetParam());
  for (int step = 0; step < 40; ++step) {
    history.step();
    for (int i = 0; i < 12; ++i) {
      ASSERT_NO_FATAL_FAILURE(check_list(history, testing::random_query(history.random())));
    }
    ASSERT_NO_FATAL_FAILURE(check_genres(history));
  }
  ASSERT_NO_FATAL_FAILURE(check_films(history));
}

TEST_P(ListMoviesProperty, PagesTogetherAreTheWholeList) {
  History history(GetParam() + 1'000);
  for (int step = 0; step < 25; ++step) history.step();
  for (int i = 0; i < 8; ++i) {
    ListQuery query = testing::random_query(history.random());
    query.per_page = static_cast<std::uint32_t>(1 + history.random().below(30));
    for (query.page = 1; query.page <= 40; ++query.page) {
      ASSERT_NO_FATAL_FAILURE(check_list(history, query));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ListMoviesProperty, ::testing::Range(std::uint64_t{1}, std::uint64_t{9}));

}  // namespace
}  // namespace filmoteka::metadata
