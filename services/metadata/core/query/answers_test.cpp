/// What the answers look like, by example; list_movies_property_test.cpp has the rest.
#include <filmoteka/api/movie_json.hpp>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/projection.hpp>

namespace filmoteka::metadata {
namespace {

using ::testing::ElementsAre;

domain::Movie film(domain::MovieId id, std::string title, std::int64_t views = 0) {
  domain::Movie movie;
  movie.id = id;
  movie.revision = id;
  movie.facts.title = std::move(title);
  movie.facts.views = views;
  return movie;
}

Catalogue& with(Catalogue& catalogue, const std::vector<domain::Movie>& movies) {
  std::vector<Change> changes;
  for (const domain::Movie& movie : movies) changes.push_back({movie.id, movie.revision, movie});
  catalogue.apply(changes);
  return catalogue;
}

std::vector<std::int64_t> ids(const Catalogue& catalogue, const QueryPairs& pairs) {
  const auto body = list_movies(*catalogue.snapshot(), parse_list_query(pairs).value()).body;
  std::vector<std::int64_t> found;
  const boost::json::value page = boost::json::parse(body);
  for (const auto& item : page.at("items").as_array())
    found.push_back(item.at("id").to_number<std::int64_t>());
  return found;
}

std::vector<std::string> links(const QueryPairs& pairs, std::uint64_t total) {
  const ListQuery query = parse_list_query(pairs).value();
  ListResult result;
  result.has_next = std::uint64_t{query.page} * query.per_page < total;
  if (query.count) {
    result.total = total;
    result.pages = (total + query.per_page - 1) / query.per_page;
  }
  std::vector<std::string> texts;
  for (const PageLink& link : page_links(query, result))
    texts.push_back(std::string(link.relation) + " " + link.query);
  return texts;
}

TEST(Search, KeepsShortIApartFromI) {
  Catalogue catalogue;
  with(catalogue, {film(1, "Ёлки"), film(2, "Зелёная миля"), film(3, "Йод"), film(4, "Кинотеатр"),
                   film(5, "Театр теней")});
  for (const char* q : {"елки", "ЁЛКИ", "Ёл"}) EXPECT_THAT(ids(catalogue, {{"q", q}}), ElementsAre(1)) << q;
  EXPECT_THAT(ids(catalogue, {{"q", "миля зеленая"}}), ElementsAre(2));
  EXPECT_THAT(ids(catalogue, {{"q", "иод"}}), ElementsAre()) << "й is a letter of its own";
  EXPECT_THAT(ids(catalogue, {{"q", "театр"}}), ElementsAre(5)) << "only beginnings of words";
}

TEST(Projection, CutsMembersOutWhole) {
  const std::string summary =
      R"({"id":1,"title":"a,\"}]\\","genres":["x,y","{"],"nested":{"a":[1,{}]},"last":null})";
  const auto cut = [&](std::uint32_t fields) {
    std::string out;
    append_projection(out, summary, fields);
    return out;
  };
  EXPECT_EQ(cut(0b00001), R"({"id":1})");
  EXPECT_EQ(cut(0b00110), R"({"title":"a,\"}]\\","genres":["x,y","{"]})");
  EXPECT_EQ(cut(0b11000), R"({"nested":{"a":[1,{}]},"last":null})");
  EXPECT_EQ(cut(0b11111), summary);
}

TEST(PageLinks, LeadToWhereThereArePages) {
  EXPECT_THAT(links({{"per_page", "10"}}, 25),
              ElementsAre("first per_page=10", "next page=2&per_page=10", "last page=3&per_page=10"));
  EXPECT_THAT(links({{"per_page", "10"}, {"page", "3"}, {"genre", "a"}}, 25),
              ElementsAre("first genre=a&per_page=10", "prev genre=a&page=2&per_page=10",
                          "last genre=a&page=3&per_page=10"));
  EXPECT_THAT(links({{"page", "900"}}, 25), ElementsAre("first ", "prev page=2", "last page=2"));
  EXPECT_THAT(links({{"page", "2"}}, 0), ElementsAre("first ", "prev ", "last "));
  EXPECT_THAT(links({{"count", "none"}}, 25), ElementsAre("first count=none", "next page=2&count=none"));
}

TEST(Genres, AreShownInTheirMostCommonSpelling) {
  Catalogue catalogue;
  std::vector<domain::Movie> movies;
  for (domain::MovieId id = 1; id <= 5; ++id) {
    movies.push_back(film(id, "x"));
    movies.back().facts.genres = {id <= 2 ? "ДРАМА" : "Драма"};
  }
  movies[4].facts.is_active = false;
  movies[3].facts.genres.push_back("Sci-Fi");
  with(catalogue, movies);
  const std::string expected = R"({"items":[{"value":"ДРАМА","count":4},{"value":"Sci-Fi","count":1}]})";
  EXPECT_EQ(genres_json(*catalogue.snapshot()), expected) << "two active films each: the first in byte order";
  catalogue.merge();
  EXPECT_EQ(genres_json(*catalogue.snapshot()), expected);
  EXPECT_EQ(all_genres_json(*catalogue.snapshot()),
            R"({"items":[{"value":"ДРАМА","count":5},{"value":"Sci-Fi","count":1}]})");
  movies[4].facts.is_active = true;
  movies[4].revision = 6;
  with(catalogue, {movies[4]});
  EXPECT_EQ(genres_json(*catalogue.snapshot()),
            R"({"items":[{"value":"Драма","count":5},{"value":"Sci-Fi","count":1}]})");
}

}  // namespace
}  // namespace filmoteka::metadata
