/// Random catalogues, histories and questions: every answer is compared with the oracle's.
#include <filmoteka/api/movie_json.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/history.hpp>
#include <metadata/core/testing/random_query.hpp>

namespace filmoteka::metadata {
namespace {

using testing::History;
using testing::Oracle;

std::string expected_body(const Oracle& oracle, const ListQuery& query, const Oracle::Page& page) {
  boost::json::array items;
  for (const domain::MovieId id : page.ids) {
    std::string summary;
    api::append_summary(summary, oracle.films().at(id));
    boost::json::object item;
    const boost::json::value parsed = boost::json::parse(summary);
    for (const auto& [name, value] : parsed.as_object()) {
      const auto names = api::summary_fields();
      const auto bit = std::find(names.begin(), names.end(), std::string_view(name)) - names.begin();
      if (query.fields == 0 || (query.fields >> bit & 1) != 0) item[name] = value;
    }
    items.push_back(std::move(item));
  }
  boost::json::object body{{"items", items}, {"page", {{"number", query.page}, {"size", query.per_page}}}};
  if (query.count) {
    body["page"].as_object()["total"] = page.total;
    body["page"].as_object()["pages"] = (page.total + query.per_page - 1) / query.per_page;
  }
  for (std::size_t i = 0; i < kFacets; ++i) {
    if ((query.facets >> i & 1) == 0) continue;
    boost::json::array values;
    for (const auto& [value, count] : oracle.facet(static_cast<Facet>(i), query)) {
      const bool is_text = i == 0 || static_cast<Facet>(i) == Facet::kSource;
      boost::json::value shown = is_text ? boost::json::value(value) : boost::json::value(std::stoi(value));
      values.push_back({{"value", std::move(shown)}, {"count", count}});
    }
    body.emplace("facets", boost::json::object()).first->value().as_object().emplace(kFacetNames[i], values);
  }
  return boost::json::serialize(body);
}

void check_list(const History& history, const ListQuery& query) {
  const Oracle::Page page = history.oracle().list(query);
  const ListResult result = list_movies(*history.snapshot(), query);
  boost::json::value body = boost::json::parse(result.body);
  boost::json::object& shown = body.as_object().at("page").as_object();
  ASSERT_TRUE(shown.contains("next_cursor") && shown.contains("prev_cursor"));
  ASSERT_EQ(shown.at("next_cursor").is_null(), !result.next_cursor);
  shown.erase("next_cursor");
  shown.erase("prev_cursor");
  ASSERT_EQ(boost::json::serialize(body), expected_body(history.oracle(), query, page))
      << "?" << to_query_string(query);
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
