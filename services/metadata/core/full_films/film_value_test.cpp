#include <gtest/gtest.h>
#include <metadata/core/full_films/film_value.hpp>

#include <random>

namespace filmoteka::metadata {
namespace {

constexpr std::string_view kSecret = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kDetails = R"(,"description":"день","countries":[],"cast":[]})";

std::string value_of(domain::MovieId id, domain::Revision revision) {
  return write_film_value(id, {revision, kDetails}, kSecret);
}

TEST(FilmValue, is_read_as_it_was_written) {
  for (const domain::Revision revision : {domain::Revision{1}, domain::Revision{255}, INT64_MAX}) {
    const std::string value = value_of(42, revision);
    const auto film = read_film_value(42, value, kSecret);
    ASSERT_TRUE(film);
    EXPECT_EQ(film->revision, revision);
    EXPECT_EQ(film->details, kDetails);
  }
  EXPECT_TRUE(read_film_value(42, write_film_value(42, {1, ""}, kSecret), kSecret));
  EXPECT_EQ(film_key(42), "filmoteka:film:1:42");
}

TEST(FilmValue, of_another_film_or_store_is_none) {
  EXPECT_FALSE(read_film_value(43, value_of(42, 7), kSecret));
  EXPECT_FALSE(read_film_value(42, value_of(42, 7), "another"));
  // Not "film 4, whose payload begins with a 2".
  EXPECT_FALSE(read_film_value(4, "2" + value_of(42, 7), kSecret));
}

TEST(FilmValue, that_is_damaged_is_none) {
  const std::string value = value_of(42, 7);
  for (std::size_t size = 0; size < value.size(); ++size) {
    EXPECT_FALSE(read_film_value(42, std::string_view(value).substr(0, size), kSecret)) << size;
  }
  EXPECT_FALSE(read_film_value(42, value + '\0', kSecret));
  for (std::size_t i = 0; i < value.size(); ++i) {
    std::string damaged = value;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_FALSE(read_film_value(42, damaged, kSecret)) << i;
  }
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 300; ++size) {
    std::string garbage(size, '\0');
    for (char& byte : garbage) byte = static_cast<char>(random());
    EXPECT_FALSE(read_film_value(42, garbage, kSecret));
  }
}

}  // namespace
}  // namespace filmoteka::metadata
