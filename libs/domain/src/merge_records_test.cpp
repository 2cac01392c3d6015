#include <filmoteka/domain/merge_records.hpp>
#include <filmoteka/domain/validation.hpp>

#include <gtest/gtest.h>

namespace filmoteka::domain {
namespace {

MovieFacts record(std::string source, std::string title) {
  MovieFacts facts;
  facts.source = std::move(source);
  facts.source_id = "1";
  facts.title = std::move(title);
  return facts;
}

TEST(MergeRecords, leaves_one_record_as_it_is) {
  MovieFacts facts = record("one", "Брат");
  facts.aliases = {"брат", "Brother"};
  EXPECT_EQ(merge_records(std::vector{facts}), facts);
  EXPECT_EQ(merge_records(std::vector({facts, facts, facts})), facts);
}

TEST(MergeRecords, lets_the_main_record_stand_and_the_others_fill_in) {
  MovieFacts main = record("one", "Брат");
  main.year = 1997;
  MovieFacts second = record("two", "Brother");
  second.year = 1998;
  second.rating = 81;
  second.genres = {"drama"};
  MovieFacts third = record("three", "Brat");
  third.rating = 79;
  third.genres = {"crime"};
  third.age_rating = 16;
  const MovieFacts film = merge_records(std::vector{main, second, third});
  EXPECT_EQ(film.source, "one");
  EXPECT_EQ(film.title, "Брат");
  EXPECT_EQ(film.year, 1997);
  EXPECT_EQ(film.rating, 81);
  EXPECT_EQ(film.genres, std::vector<std::string>{"drama"});
  EXPECT_EQ(film.age_rating, 16);
}

TEST(MergeRecords, takes_image_and_thumbnail_from_one_record) {
  MovieFacts second = record("two", "Брат");
  second.image_url = "https://two.example/a.jpg";
  MovieFacts third = record("three", "Брат");
  third.image_url = "https://three.example/b.jpg";
  third.thumbnail_url = "https://three.example/s.jpg";
  const MovieFacts film = merge_records(std::vector{record("one", "Брат"), second, third});
  EXPECT_EQ(film.image_url, second.image_url);
  EXPECT_EQ(film.thumbnail_url, std::nullopt);
}

TEST(MergeRecords, takes_the_longest_description_the_earliest_date_and_all_views) {
  MovieFacts main = record("one", "Брат");
  main.description = "Короткое";
  main.added_at = Timestamp{std::chrono::milliseconds{2'000}};
  main.views = 10;
  main.is_active = false;
  MovieFacts second = record("two", "Брат");
  second.description = "Описание подлиннее";
  second.added_at = Timestamp{std::chrono::milliseconds{1'000}};
  second.views = 32;
  const MovieFacts film = merge_records(std::vector{main, second});
  EXPECT_EQ(film.description, second.description);
  EXPECT_EQ(film.added_at, second.added_at);
  EXPECT_EQ(film.views, 42);
  EXPECT_TRUE(film.is_active);
}

TEST(MergeRecords, does_not_overflow_the_views) {
  MovieFacts main = record("one", "Брат");
  main.views = kMaxViews - 1;
  MovieFacts second = record("two", "Брат");
  second.views = 5;
  EXPECT_EQ(merge_records(std::vector{main, second}).views, kMaxViews);
}

TEST(MergeRecords, gathers_every_other_name_once) {
  MovieFacts main = record("one", "Брат");
  main.aliases = {"Brother"};
  MovieFacts second = record("two", "БРАТ!");
  second.original_title = "Brat";
  second.aliases = {"brother", "Der Bruder"};
  const MovieFacts film = merge_records(std::vector{main, second, record("three", "Brat (1997)")});
  EXPECT_EQ(film.original_title, "Brat");
  EXPECT_EQ(film.aliases, (std::vector<std::string>{"Brother", "Der Bruder", "Brat (1997)"}));
}

TEST(MergeRecords, does_not_take_a_title_that_is_too_long_for_an_alias) {
  const MovieFacts film =
      merge_records(std::vector{record("one", "Брат"), record("two", std::string(300, 'a'))});
  EXPECT_TRUE(film.aliases.empty());
}

TEST(MergeRecords, keeps_one_id_of_a_kind_in_order) {
  MovieFacts main = record("one", "Брат");
  main.ids = {{"imdb", "tt1"}};
  MovieFacts second = record("two", "Брат");
  second.ids = {{"imdb", "tt2"}, {"tmdb", "7"}};
  MovieFacts third = record("three", "Брат");
  third.ids = {{"kinopoisk", "41519"}};
  const MovieFacts film = merge_records(std::vector{main, second, third});
  EXPECT_EQ(film.ids, (std::vector<ExternalId>{{"imdb", "tt1"}, {"kinopoisk", "41519"}, {"tmdb", "7"}}));
}

TEST(MergeRecords, counts_a_record_that_is_named_twice_once) {
  MovieFacts second = record("two", "Brother");
  second.views = 3;
  const MovieFacts main = record("one", "Брат");
  EXPECT_EQ(merge_records(std::vector{main, second, second}), merge_records(std::vector{main, second}));
}

}  // namespace
}  // namespace filmoteka::domain
