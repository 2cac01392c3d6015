#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/http/query.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <metadata/core/query/list_query.hpp>
#include <metadata/core/testing/random_query.hpp>

namespace filmoteka::metadata {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ListQuery parsed(const std::string& text) {
  const auto query = parse_list_query(http::parse_query(text).value());
  EXPECT_TRUE(query.has_value()) << text << ": " << (query.has_error() ? describe(query.error()) : "");
  return query.has_value() ? *query : ListQuery{};
}

std::vector<FieldError> errors(const std::string& text) {
  const auto query = parse_list_query(http::parse_query(text).value());
  if (query.has_value()) return {};
  EXPECT_EQ(query.error().code, ErrorCode::kInvalidArgument);
  return query.error().fields;
}

// The detail of the only error, which must be of `parameter`.
std::string only_error(const std::string& text, const std::string& parameter) {
  const auto found = errors(text);
  EXPECT_EQ(found.size(), 1U) << text;
  if (found.size() != 1) return {};
  EXPECT_EQ(found[0].parameter, parameter) << text;
  EXPECT_TRUE(found[0].pointer.empty());
  return found[0].detail;
}

TEST(ParseListQuery, HasTheDefaultsOfTheContract) {
  const ListQuery query = parsed("");
  EXPECT_EQ(query, ListQuery{});
  EXPECT_EQ(query.page, 1U);
  EXPECT_EQ(query.per_page, 24U);
  EXPECT_EQ(query.sort, (ListSort{false, {SortKey::kViews, true}}));
  EXPECT_TRUE(query.count);
  EXPECT_FALSE(query.include_inactive);
}

TEST(ParseListQuery, ReadsEveryParameter) {
  const ListQuery query = parsed(
      "q=+Брат+2+&genre=drama&genre=Comedy&genre=drama&genre_not=Horror&year=2000&year_from=1990&year_to=2010"
      "&rating_from=7.5&rating_to=9&views_from=9000000000&duration_from=60&duration_to=7200"
      "&added_from=2024-01-02T03:04:05Z&added_to=2025-06-07&age_rating_to=16&source=rutube-films&has_image="
      "true"
      "&include_inactive=true&sort=-rating&page=3&per_page=50&fields=id,title,rating&count=none");
  EXPECT_EQ(query.q, "Брат 2");
  EXPECT_THAT(query.genres, ElementsAre("Comedy", "drama"));
  EXPECT_THAT(query.genres_not, ElementsAre("Horror"));
  EXPECT_EQ(query.year, 2000);
  EXPECT_EQ(query.years, (Range<std::int32_t>{1990, 2010}));
  EXPECT_EQ(query.rating, (Range<domain::RatingTenths>{75, 90}));
  EXPECT_EQ(query.views_from, 9'000'000'000);
  EXPECT_EQ(query.duration, (Range<std::int32_t>{60, 7200}));
  EXPECT_EQ(to_rfc3339(*query.added.from), "2024-01-02T03:04:05Z");
  EXPECT_EQ(to_rfc3339(*query.added.to), "2025-06-07T23:59:59.999Z");
  EXPECT_EQ(query.age_rating_to, 16);
  EXPECT_EQ(query.source, "rutube-films");
  EXPECT_EQ(query.has_image, true);
  EXPECT_TRUE(query.include_inactive);
  EXPECT_EQ(query.sort, (ListSort{false, {SortKey::kRating, true}}));
  EXPECT_EQ(query.page, 3U);
  EXPECT_EQ(query.per_page, 50U);
  EXPECT_EQ(query.fields, 0b1000'0000'0000'0011U | 0U) << "id, title and the sixteenth field";
  EXPECT_EQ(api::summary_fields()[15], "rating");
  EXPECT_FALSE(query.count);
}

TEST(ParseListQuery, NamesAllErrorsAtOnce) {
  const auto found =
      errors("genr=x&year=abc&page=0&sort=best&per_page=-1&has_image=1&fields=id,titel&rating_to=11");
  std::vector<std::string> names;
  for (const FieldError& error : found) names.push_back(error.parameter);
  EXPECT_THAT(names,
              ElementsAre("genr", "year", "page", "sort", "per_page", "has_image", "fields", "rating_to"));
}

TEST(ParseListQuery, SuggestsTheNameThatWasMeant) {
  EXPECT_THAT(only_error("genr=x", "genr"), HasSubstr("Did you mean 'genre'?"));
  EXPECT_THAT(only_error("perpage=1", "perpage"), HasSubstr("Did you mean 'per_page'?"));
  EXPECT_THAT(only_error("sort=-ratings", "sort"), HasSubstr("Did you mean '-rating'?"));
  EXPECT_THAT(only_error("fields=id,titel", "fields"), HasSubstr("Did you mean 'title'?"));
  EXPECT_EQ(only_error("utm_source=x", "utm_source"), "There is no such parameter.");
  EXPECT_EQ(only_error("zzz=1&zzz=2", "zzz"), "There is no such parameter.");
  only_error(std::string(5'000, 'x') + "=1", std::string(100, 'x'));
}

TEST(ParseListQuery, RefusesRepeatedSingleValues) {
  EXPECT_EQ(only_error("year=2000&year=2001", "year"), "May be given only once.");
  EXPECT_EQ(only_error("q=a&q=a", "q"), "May be given only once.");
}

TEST(ParseListQuery, SaysWhatIsAllowed) {
  EXPECT_EQ(only_error("year=1887", "year"), "Must be a whole number from 1888 to 2200.");
  EXPECT_EQ(only_error("page=100000001", "page"), "Must be a whole number from 1 to 100000000.");
  EXPECT_EQ(only_error("age_rating_to=13", "age_rating_to"), "Must be 0, 6, 12, 16 or 18.");
  EXPECT_EQ(only_error("count=all", "count"), "Must be none or exact.");
  EXPECT_EQ(only_error("views_from=-1", "views_from"),
            "Must be a whole number from 0 to 9223372036854775807.");
}

TEST(ParseListQuery, RefusesWhatIsNotQuiteANumber) {
  for (const char* value :
       {"", "+5", "-5", "0x7d0", "2000.0", " 2000", "2000 ", "2e3", "99999999999999999999"}) {
    only_error("year=" + http::encode_component(value), "year");
  }
  for (const char* value : {"", ".5", "5.", "-0", "10.1", "10.00001", "1e1", "nan", "inf", "7,5", "1.2.3"}) {
    only_error("rating_from=" + http::encode_component(value), "rating_from");
  }
  for (const char* value : {"yesterday", "2024-02-30", "2024-01-01T00:00:00", "1700000000"}) {
    only_error("added_to=" + http::encode_component(value), "added_to");
  }
}

TEST(ParseListQuery, RoundsRatingBoundsInwards) {
  EXPECT_EQ(parsed("rating_from=7.31&rating_to=7.49").rating, (Range<domain::RatingTenths>{74, 74}));
  only_error("rating_from=7.31&rating_to=7.39", "rating_from");
  EXPECT_EQ(parsed("rating_from=7.30&rating_to=10.00").rating, (Range<domain::RatingTenths>{73, 100}));
  EXPECT_EQ(parsed("rating_from=0&rating_to=0.05").rating, (Range<domain::RatingTenths>{0, 0}));
}

TEST(ParseListQuery, BringsPerPageDown) {
  EXPECT_EQ(parsed("per_page=100").per_page, 100U);
  EXPECT_EQ(parsed("per_page=101").per_page, 100U);
  EXPECT_EQ(parsed("per_page=99999999999999999999999").per_page, 100U);
  EXPECT_EQ(parsed("per_page=007").per_page, 7U);
  only_error("per_page=0", "per_page");
  only_error("per_page=000", "per_page");
}

TEST(ParseListQuery, RefusesRangesThatAreUpsideDown) {
  EXPECT_EQ(only_error("year_from=2001&year_to=2000", "year_from"),
            "Leaves nothing between it and `year_to`.");
  only_error("rating_from=8&rating_to=7.9", "rating_from");
  only_error("duration_from=2&duration_to=1", "duration_from");
  only_error("added_from=2024-01-02&added_to=2024-01-01", "added_from");
  EXPECT_TRUE(errors("added_from=2024-01-01&added_to=2024-01-01").empty()) << "that whole day";
  EXPECT_TRUE(errors("year=1990&year_from=2000").empty()) << "both hold, so nothing matches";
}

TEST(ParseListQuery, RelevanceNeedsAQuery) {
  EXPECT_TRUE(parsed("q=x").sort.by_relevance);
  EXPECT_FALSE(parsed("q=x&sort=-views").sort.by_relevance);
  EXPECT_TRUE(parsed("q=x&sort=relevance").sort.by_relevance);
  EXPECT_THAT(only_error("sort=relevance", "sort"), HasSubstr("`q`"));
  EXPECT_EQ(parsed("q=+"), ListQuery{}) << "an empty search is none";
}

TEST(ParseListQuery, ReadsFacets) {
  EXPECT_EQ(parsed("facets=year,+genre,year").facets, bit(Facet::kGenre) | bit(Facet::kYear));
  EXPECT_EQ(to_query_string(parsed("facets=year,genre")), "facets=genre%2Cyear");
  EXPECT_EQ(only_error("facets=genre,yaer", "facets"), "There is no facet `yaer`. Did you mean 'year'?");
  only_error("facets=", "facets");
  only_error("facets=genre&facets=year", "facets");
  EXPECT_EQ(only_error("cursor=", "cursor"), "Must be the `next_cursor` or `prev_cursor` of a page.");
}

TEST(ParseListQuery, LimitsLengthsAndCounts) {
  std::string letters;
  for (int i = 0; i < 200; ++i) letters += "ё";
  EXPECT_EQ(parsed("q=" + letters).q, letters);
  only_error("q=" + letters + "x", "q");
  only_error("genre=" + letters + "x", "genre");
  only_error("genre=", "genre");
  only_error("source=", "source");
  std::string genres;
  for (int i = 0; i < 51; ++i) genres += "&genre=" + std::to_string(i);
  only_error(genres.substr(1), "genre");
}

TEST(ToQueryString, LeavesDefaultsOut) {
  EXPECT_EQ(to_query_string(parsed("page=1&per_page=24&sort=-views&count=exact&include_inactive=false")), "");
  EXPECT_EQ(to_query_string(parsed("sort=relevance&q=дом")), "q=%D0%B4%D0%BE%D0%BC");
}

TEST(ToQueryString, IsTheSameForEqualQueries) {
  EXPECT_EQ(to_query_string(parsed("page=2&genre=b&genre=a%26&year=2000")),
            to_query_string(parsed("genre=a%26&year=2000&genre=b&genre=b&page=2")));
  EXPECT_EQ(to_query_string(parsed("page=2&genre=b&genre=a%26&year=2000")),
            "genre=a%26&genre=b&year=2000&page=2");
}

TEST(ToQueryString, ParsesBackIntoTheSameQuery) {
  testing::Random random(5);
  for (int i = 0; i < 3'000; ++i) {
    ListQuery query = testing::random_query(random);
    std::sort(query.genres.begin(), query.genres.end());
    query.genres.erase(std::unique(query.genres.begin(), query.genres.end()), query.genres.end());
    std::sort(query.genres_not.begin(), query.genres_not.end());
    query.genres_not.erase(std::unique(query.genres_not.begin(), query.genres_not.end()),
                           query.genres_not.end());
    if (query.years.from) query.years.from = std::max(*query.years.from, 1888);
    ASSERT_EQ(parsed(to_query_string(query)), query) << to_query_string(query);
  }
}

}  // namespace
}  // namespace filmoteka::metadata
