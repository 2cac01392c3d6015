#include <filmoteka/domain/countries.hpp>
#include <filmoteka/domain/genres.hpp>

#include <gtest/gtest.h>

namespace filmoteka::domain {
namespace {

TEST(Genres, all_names_of_one_have_one_key) {
  for (const char* name : {"ужас", "Ужасы", "ХОРРОР", "horror", "Horror film", " Horror. "})
    EXPECT_EQ(genre_key(name), "horror") << name;
  for (const char* name : {"Sci-Fi", "science fiction", "Фантастика", "научная  фантастика"})
    EXPECT_EQ(genre_key(name), "science fiction") << name;
  EXPECT_EQ(genre_key("Чёрная комедия"), genre_key("черная комедия"));
  EXPECT_NE(genre_key("Комедия"), genre_key("Чёрная комедия"));
}

TEST(Genres, are_named_in_the_language_in_which_they_are_written) {
  EXPECT_EQ(genre_name("ужас"), "ужасы");
  EXPECT_EQ(genre_name("ДРАМЫ"), "драма");
  EXPECT_EQ(genre_name("Suspense"), "Thriller");
  EXPECT_EQ(genre_name("western"), "Western");
}

TEST(Genres, unknown_ones_stay_as_they_are) {
  EXPECT_EQ(find_genre("Краеведение"), nullptr);
  EXPECT_EQ(genre_name("Краеведение"), "Краеведение");
  EXPECT_EQ(genre_key("Краеведение"), "краеведение");
  EXPECT_EQ(genre_key("***"), "***");
  EXPECT_NE(genre_key("***"), genre_key("+++"));
  EXPECT_EQ(find_genre(""), nullptr);
}

TEST(Genres, names_lead_back_to_their_genre) {
  for (const char* name : {"drama", "romantic comedy", "kids", "noir", "supernatural"}) {
    const Genre* genre = find_genre(name);
    ASSERT_NE(genre, nullptr) << name;
    EXPECT_EQ(find_genre(genre->russian), genre);
    EXPECT_EQ(find_genre(genre->english), genre);
    EXPECT_EQ(genre->key, name);
  }
}

TEST(Countries, are_known_by_all_their_names) {
  for (const char* name : {"США", "Соединённые Штаты Америки", "USA", "U.S.A.", "United States", "us"}) {
    ASSERT_NE(find_country(name), nullptr) << name;
    EXPECT_EQ(find_country(name)->code, "US") << name;
  }
  EXPECT_EQ(country_name("Россия (РФ)"), "Россия");
  EXPECT_EQ(country_name("Great Britain"), "United Kingdom");
  EXPECT_EQ(country_name("Великобритания"), "Великобритания");
  EXPECT_EQ(country_name("Корея Южная"), "Южная Корея");
  EXPECT_EQ(country_name("USSR"), "Soviet Union");
  EXPECT_EQ(country_name("Нарния"), "Нарния");
}

}  // namespace
}  // namespace filmoteka::domain
