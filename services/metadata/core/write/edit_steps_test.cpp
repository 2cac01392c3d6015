#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <metadata/core/testing/memory_store.hpp>
#include <metadata/testing/films.hpp>

namespace filmoteka::metadata {
namespace {

using ::testing::UnorderedElementsAre;

struct EditSteps : ::testing::Test {
  EditSteps() { upsert(testing::film(1)); }
  void upsert(const domain::MovieFacts& row) { store.must(UpsertMovies{std::span(&row, 1)}); }
  WriteStatus patch(const std::string& text) {
    return store.must(PatchMovie{1, std::nullopt, text}).outcomes.at(0).status;
  }
  std::vector<std::string> faults(const std::string& text) {
    const auto plan = store.write(PatchMovie{1, std::nullopt, text});
    EXPECT_EQ(plan.error().code, ErrorCode::kInvalidArgument);
    std::vector<std::string> pointers;
    for (const FieldError& fault : plan.error().fields) pointers.push_back(fault.pointer);
    return pointers;
  }
  const domain::Movie& film() { return store.films.at(1); }
  testing::MemoryStore store;
};

TEST_F(EditSteps, a_patch_shows_its_values_and_the_rest_follows_the_source) {
  EXPECT_EQ(patch(R"({"title":"Моё","year":null,"genres":["драма"]})"), WriteStatus::kUpdated);
  EXPECT_EQ(film().facts.title, "Моё");
  EXPECT_EQ(film().facts.year, std::nullopt);
  EXPECT_EQ(film().records.size(), 1U);
  domain::MovieFacts row = testing::film(1);
  row.title = "Их";
  row.year = 2001;
  row.description = "новое";
  upsert(row);
  EXPECT_EQ(film().facts.title, "Моё");
  EXPECT_EQ(film().facts.year, std::nullopt);
  EXPECT_EQ(film().facts.genres, std::vector<std::string>{"драма"});
  EXPECT_EQ(film().facts.description, "новое");
  EXPECT_EQ(film().edits, R"({"title":"Моё","year":null,"genres":["драма"]})");
}

TEST_F(EditSteps, patches_add_up_and_repeating_one_changes_nothing) {
  patch(R"({"year":1990})");
  patch(R"({"title":"Моё"})");
  EXPECT_EQ(film().edits, R"({"title":"Моё","year":1990})");
  const domain::Revision revision = film().revision;
  EXPECT_EQ(patch(R"({"title":"Моё"})"), WriteStatus::kUnchanged);
  EXPECT_EQ(patch("{}"), WriteStatus::kUnchanged);
  EXPECT_EQ(film().revision, revision);
}

TEST_F(EditSteps, texts_for_people_are_understood) {
  patch(R"({"duration":"1:00:05","genre":"драма, ужасы"})");
  EXPECT_EQ(film().facts.duration_seconds, 3605);
  EXPECT_EQ(film().facts.genres, (std::vector<std::string>{"драма", "ужасы"}));
  EXPECT_EQ(film().edits, R"({"duration_seconds":3605,"genres":["драма","ужасы"]})");
}

TEST_F(EditSteps, numbers_elsewhere_are_patched_one_by_one_and_kept_whole) {
  patch(R"({"ids":{"imdb":"tt1","kp":"2"}})");
  patch(R"({"ids":{"kp":null,"tmdb":"3"}})");
  EXPECT_EQ(film().facts.ids, (std::vector<domain::ExternalId>{{"imdb", "tt1"}, {"tmdb", "3"}}));
  domain::MovieFacts row = testing::film(1);
  row.ids = {{"wikidata", "Q1"}};
  upsert(row);
  EXPECT_EQ(film().facts.ids.size(), 2U);
}

TEST_F(EditSteps, faults_are_named_by_pointers) {
  EXPECT_THAT(faults(R"({"titel":"x","also":null})"), UnorderedElementsAre("/titel", "/also"));
  EXPECT_THAT(faults(R"({"title":null})"), UnorderedElementsAre("/title"));
  EXPECT_THAT(faults(R"({"title":5})"), UnorderedElementsAre("/title"));
  EXPECT_THAT(faults(R"({"year":1500,"rating":3})"), UnorderedElementsAre("/year"));
  EXPECT_THAT(faults(R"({"source":"x","source_id":"y","source_url":null})"),
              UnorderedElementsAre("/source", "/source_id", "/source_url"));
  EXPECT_THAT(faults(R"({"added_at":"2001-01-01T00:00:00Z"})"), UnorderedElementsAre("/added_at"));
  EXPECT_THAT(faults("[]"), UnorderedElementsAre(""));
  EXPECT_THAT(faults("{"), UnorderedElementsAre(""));
  EXPECT_TRUE(film().edits.empty());
}

TEST_F(EditSteps, what_metadata_assigns_is_passed_over) {
  EXPECT_EQ(patch(R"({"id":7,"revision":9,"updated_at":"x","local_views":5,"source":"test"})"),
            WriteStatus::kUnchanged);
}

TEST_F(EditSteps, a_replaced_film_shows_exactly_that) {
  domain::MovieFacts wanted = testing::film(1);
  wanted.title = "Целиком";
  wanted.description.reset();
  wanted.views = 3;
  wanted.is_active = false;
  wanted.ids = {{"imdb", "tt5"}};
  EXPECT_EQ(store.must(ReplaceMovie{1, std::nullopt, wanted}).outcomes.at(0).status, WriteStatus::kUpdated);
  domain::MovieFacts row = testing::film(1);
  row.description = "от источника";
  row.ids = {{"kp", "9"}};
  row.aliases = {"x"};
  upsert(row);
  wanted.added_at = film().added_at;
  EXPECT_EQ(film().facts, wanted);
  EXPECT_TRUE(store.must(ReplaceMovie{1, std::nullopt, wanted}).empty());
  wanted.source_id = "2";
  EXPECT_EQ(store.write(ReplaceMovie{1, std::nullopt, wanted}).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(EditSteps, views_are_given_as_they_are_shown) {
  store.films.at(1).local_views = 5;
  patch(R"({"views":100})");
  EXPECT_EQ(film().views(), 100);
  store.films.at(1).local_views = 6;
  EXPECT_EQ(film().views(), 101) << "those who look go on counting";
  domain::MovieFacts seen = film().facts;
  seen.views = film().views();
  store.must(ReplaceMovie{1, std::nullopt, seen});
  EXPECT_EQ(film().views(), 101) << "what was read is sent back: nothing changes";
  patch(R"({"views":2})");
  EXPECT_EQ(film().views(), 6) << "what was counted here stays";
}

TEST_F(EditSteps, edits_can_be_taken_back) {
  const domain::MovieFacts before = film().facts;
  patch(R"({"title":"Моё","year":null,"duration":"1:00:05"})");
  EXPECT_EQ(store.must(UndoEdits{1, std::nullopt, "year"}).outcomes.at(0).status, WriteStatus::kUpdated);
  EXPECT_EQ(film().facts.year, before.year);
  EXPECT_EQ(film().facts.title, "Моё");
  store.must(UndoEdits{1, std::nullopt, "duration"});
  EXPECT_EQ(film().facts.duration_seconds, before.duration_seconds);
  EXPECT_EQ(store.must(UndoEdits{1, std::nullopt, "rating"}).outcomes.at(0).status, WriteStatus::kUnchanged);
  EXPECT_EQ(store.write(UndoEdits{1, std::nullopt, "source"}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store.write(UndoEdits{1, std::vector<domain::Revision>{99}, ""}).error().code,
            ErrorCode::kPreconditionFailed);
  domain::MovieFacts wanted = before;
  wanted.title = "Целиком";
  store.must(ReplaceMovie{1, std::nullopt, wanted});
  store.must(UndoEdits{1, std::nullopt, ""});
  EXPECT_EQ(film().facts, before);
  EXPECT_TRUE(film().edits.empty());
  EXPECT_TRUE(film().records.empty());
}

TEST_F(EditSteps, only_the_revision_that_was_read_is_changed) {
  const RequiredRevision wrong = std::vector<domain::Revision>{7, 8};
  const RequiredRevision right = std::vector<domain::Revision>{7, 1};
  const PatchMovie refused{1, wrong, R"({"year":1990})"};
  EXPECT_EQ(store.write(refused).error().code, ErrorCode::kPreconditionFailed);
  EXPECT_EQ(store.write(DeleteMovie{1, wrong}).error().code, ErrorCode::kPreconditionFailed);
  EXPECT_EQ(store.write(PatchMovie{5, right, "{}"}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store.must(PatchMovie{1, right, R"({"year":1990})"}).outcomes.at(0).revision, 2);
}

TEST_F(EditSteps, a_deleted_film_is_gone_and_comes_back_as_another) {
  const WritePlan plan = store.must(DeleteMovie{1, std::nullopt});
  EXPECT_EQ(plan.outcomes.at(0).status, WriteStatus::kDeleted);
  EXPECT_EQ(plan.outcomes.at(0).revision, 2);
  EXPECT_EQ(store.deleted.at(1), 2);
  EXPECT_EQ(store.write(DeleteMovie{1, std::nullopt}).error().code, ErrorCode::kNotFound);
  upsert(testing::film(1));
  EXPECT_EQ(store.films.begin()->first, 2);
}

}  // namespace
}  // namespace filmoteka::metadata
