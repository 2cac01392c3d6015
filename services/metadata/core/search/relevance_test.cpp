/// Real films and what people type to find them: tests/relevance. Each group has a floor that only rises.
#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/query/execute.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;

json::value read(const std::string& name) {
  std::ifstream file(std::string(FILMOTEKA_SOURCE_DIR) + "/tests/relevance/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return json::parse(text.str());
}

std::optional<std::string> text_or_none(const json::object& film, std::string_view name) {
  const json::value* value = film.if_contains(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return json::value_to<std::string>(*value);
}

std::vector<std::string> texts(const json::object& film, std::string_view name) {
  const json::value* value = film.if_contains(name);
  return value != nullptr ? json::value_to<std::vector<std::string>>(*value) : std::vector<std::string>();
}

domain::Movie movie_from(const json::object& film) {
  domain::Movie movie;
  movie.id = film.at("id").to_number<domain::MovieId>();
  movie.revision = movie.id;
  movie.facts.source = "relevance";
  movie.facts.source_id = std::to_string(movie.id);
  movie.facts.title = json::value_to<std::string>(film.at("title"));
  movie.facts.original_title = text_or_none(film, "original_title");
  movie.facts.description = text_or_none(film, "description");
  movie.facts.aliases = texts(film, "aliases");
  movie.facts.cast = texts(film, "cast");
  movie.facts.genres = texts(film, "genres");
  movie.facts.countries = texts(film, "countries");
  movie.facts.year = film.at("year").to_number<std::int32_t>();
  movie.facts.views = film.at("views").to_number<std::int64_t>();
  return movie;
}

const Catalogue& films() {
  static const auto catalogue = [] {
    auto made = std::make_unique<Catalogue>();
    SegmentBuilder builder;
    const json::value films = read("films.json");
    for (const json::value& film : films.as_array()) builder.add(movie_from(film.as_object()));
    made->load(std::move(builder), 1'000'000);
    return made;
  }();
  return *catalogue;
}

std::vector<std::int64_t> found(const std::string& q) {
  const ListQuery query = parse_list_query({{"q", q}, {"per_page", "10"}, {"fields", "id"}}).value();
  std::vector<std::int64_t> ids;
  const json::value page = json::parse(list_movies(*films().snapshot(), query).body);
  for (const json::value& item : page.at("items").as_array())
    ids.push_back(item.at("id").to_number<std::int64_t>());
  return ids;
}

struct Score {
  int queries = 0;
  int first = 0;
  int in_three = 0;
  double reciprocal = 0;  // of the place of the first right one among ten

  double success1() const { return static_cast<double>(first) / queries; }
  double success3() const { return static_cast<double>(in_three) / queries; }
  double mrr() const { return reciprocal / queries; }
};

std::map<std::string, Score> scores() {
  std::map<std::string, Score> scores;
  const json::value queries = read("queries.json");
  for (const json::value& query : queries.as_array()) {
    const std::string q = json::value_to<std::string>(query.at("q"));
    const auto wanted = json::value_to<std::vector<std::int64_t>>(query.at("first"));
    Score& score = scores[json::value_to<std::string>(query.at("group"))];
    const auto ids = found(q);
    const auto at = std::find_first_of(ids.begin(), ids.end(), wanted.begin(), wanted.end()) - ids.begin();
    ++score.queries;
    if (at == 0 && !ids.empty()) ++score.first;
    if (at < 3 && at < std::ssize(ids)) ++score.in_three;
    if (at < std::ssize(ids)) score.reciprocal += 1.0 / static_cast<double>(at + 1);
    if (at != 0 || ids.empty()) {
      std::printf("  %s: \"%s\" finds %s\n", std::string(query.at("group").as_string()).c_str(), q.c_str(),
                  json::serialize(json::value_from(ids)).c_str());
    }
  }
  return scores;
}

TEST(Relevance, NoGroupIsBelowItsFloor) {
  const json::value floors = read("floors.json");
  for (const auto& [group, score] : scores()) {
    std::printf("%-16s %3d queries: success@1 %.3f, success@3 %.3f, MRR %.3f\n", group.c_str(), score.queries,
                score.success1(), score.success3(), score.mrr());
    const json::value* floor = floors.as_object().if_contains(group);
    ASSERT_NE(floor, nullptr) << group << " has no floor in tests/relevance/floors.json";
    EXPECT_GE(score.success1() + 0.0005, floor->at("success_1").to_number<double>()) << group;
    EXPECT_GE(score.success3() + 0.0005, floor->at("success_3").to_number<double>()) << group;
  }
}

}  // namespace
}  // namespace filmoteka::metadata
