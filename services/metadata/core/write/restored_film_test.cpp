#include <gtest/gtest.h>
#include <metadata/core/testing/memory_store.hpp>
#include <metadata/core/write/restored_film.hpp>
#include <metadata/testing/films.hpp>

#include <functional>
#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

struct RestoredFilm : ::testing::Test {
  RestoredFilm() {
    const auto rows = testing::films(1, 3);
    store.must(UpsertMovies{rows});
    store.must(MergeMovies{1, std::nullopt, 2});
    store.must(PatchMovie{1, std::nullopt, R"({"title":"Моё","year":null})"});
  }
  std::string refusal(domain::MovieId id, const std::function<void(domain::Movie&)>& spoil) const {
    domain::Movie movie = store.films.at(id);
    spoil(movie);
    const auto restored = restored_film(std::move(movie), store.now);
    if (restored.has_value()) return "";
    EXPECT_EQ(restored.error().code, ErrorCode::kInvalidArgument);
    return restored.error().message;
  }
  testing::MemoryStore store;
};

TEST_F(RestoredFilm, what_was_stored_is_taken_as_it_is) {
  for (const auto& [id, movie] : store.films) EXPECT_EQ(restored_film(movie, store.now).value(), movie);
}

TEST_F(RestoredFilm, edits_that_cannot_be_applied_are_refused) {
  for (const std::string edits : {R"({"colour":"red"})", R"({"year":"x"})", "[1]"}) {
    const std::string said = refusal(1, [&](domain::Movie& movie) { movie.edits = edits; });
    EXPECT_NE(said.find("edits"), std::string::npos) << edits << ": " << said;
  }
}

TEST_F(RestoredFilm, a_film_shows_what_its_records_and_edits_make) {
  EXPECT_NE(refusal(1, [](domain::Movie& movie) { movie.facts.title = "Другое"; }), "");
  EXPECT_NE(refusal(1, [](domain::Movie& movie) { movie.edits = R"({"title":"Иначе","year":null})"; }), "");
  EXPECT_NE(refusal(1, [](domain::Movie& movie) { movie.records[0].rating = 77; }), "");
  EXPECT_NE(refusal(3, [](domain::Movie& movie) { movie.edits = R"({"title":"Фильм 3"})"; }), "");
}

TEST_F(RestoredFilm, records_are_different_ones_and_the_main_one_is_the_first) {
  EXPECT_NE(refusal(1, [](domain::Movie& movie) { movie.records[1] = movie.records[0]; }), "");
  EXPECT_NE(refusal(1, [](domain::Movie& movie) { std::swap(movie.records[0], movie.records[1]); }), "");
  EXPECT_NE(refusal(1, [](domain::Movie& movie) { movie.records.erase(movie.records.begin()); }), "");
  EXPECT_NE(refusal(3, [](domain::Movie& movie) { movie.records.push_back(movie.facts); }), "")
      << "one record without edits is the film itself";
}

TEST_F(RestoredFilm, records_and_facts_are_valid) {
  EXPECT_NE(refusal(3, [](domain::Movie& movie) { movie.facts.year = 1; }), "");
  EXPECT_NE(refusal(1, [](domain::Movie& movie) { movie.records[1].title.clear(); }), "");
}

}  // namespace
}  // namespace filmoteka::metadata
