#include <filmoteka/base/time_format.hpp>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/query/id_list.hpp>

#include <limits>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr domain::MovieId kEnd = std::numeric_limits<domain::MovieId>::max();

domain::Movie film(domain::MovieId id, bool is_active = true) {
  domain::Movie movie;
  movie.id = id;
  movie.revision = id;
  movie.facts.is_active = is_active;
  movie.updated_at = *parse_rfc3339("2026-01-02T03:04:05.250Z") + std::chrono::seconds(id);
  movie.facts.title = R"(","updated_at":"1999-01-01T00:00:00Z")";
  return movie;
}

void enter(Catalogue& catalogue, std::vector<domain::Movie> movies, domain::Revision revision) {
  std::vector<Change> changes;
  for (domain::Movie& movie : movies) {
    movie.revision = ++revision;
    changes.push_back({movie.id, revision, movie});
  }
  catalogue.apply(changes);
}

std::string whole(const Catalogue& catalogue, domain::MovieId first, domain::MovieId last) {
  IdList list(catalogue.snapshot(), first, last);
  std::string all;
  for (std::string piece = list.next(); !piece.empty(); piece = list.next()) all += piece;
  return all;
}

std::vector<std::int64_t> ids(const Catalogue& catalogue, domain::MovieId first = 1,
                              domain::MovieId last = kEnd) {
  std::vector<std::int64_t> found;
  const json::value list = json::parse(whole(catalogue, first, last));
  for (const json::value& item : list.at("items").as_array()) found.push_back(item.at("id").as_int64());
  return found;
}

std::int64_t last_id(const Catalogue& catalogue) {
  return json::parse(whole(catalogue, 1, 1)).at("last_id").as_int64();
}

/// Films 1 … 8 in the segment, without 3 and 8, which are inactive; then 2 is deleted, 4 becomes inactive, 5
/// changes, 10 and 11 are new, 11 is inactive.
void fill(Catalogue& catalogue) {
  std::vector<domain::Movie> first;
  for (domain::MovieId id = 1; id <= 8; ++id) first.push_back(film(id, id != 3 && id != 8));
  enter(catalogue, first, 0);
  ASSERT_EQ(catalogue.merge(), MergeOutcome::kDone);
  const std::vector<Change> deleted = {{2, 20, std::nullopt}};
  catalogue.apply(deleted);
  enter(catalogue, {film(4, false), film(5), film(10), film(11, false)}, 20);
}

TEST(IdList, HasTheActiveFilmsOfSegmentAndDeltaInTheOrderOfTheirIds) {
  Catalogue catalogue;
  fill(catalogue);
  EXPECT_THAT(ids(catalogue), ElementsAre(1, 5, 6, 7, 10));
  EXPECT_EQ(last_id(catalogue), 10);
  ASSERT_EQ(catalogue.merge(), MergeOutcome::kDone);
  EXPECT_THAT(ids(catalogue), ElementsAre(1, 5, 6, 7, 10));
  EXPECT_EQ(last_id(catalogue), 10);
}

TEST(IdList, HasBothEndsOfItsRange) {
  Catalogue catalogue;
  fill(catalogue);
  EXPECT_THAT(ids(catalogue, 5, 7), ElementsAre(5, 6, 7));
  EXPECT_THAT(ids(catalogue, 2, 4), IsEmpty());
  EXPECT_THAT(ids(catalogue, 8, kEnd), ElementsAre(10));
  EXPECT_THAT(ids(catalogue, 7, 5), IsEmpty());
}

TEST(IdList, SaysWhenEachFilmHasChangedWhateverItsTitleSays) {
  Catalogue catalogue;
  enter(catalogue, {film(1)}, 6);
  EXPECT_EQ(whole(catalogue, 1, 1),
            R"({"items":[{"id":1,"updated_at":"2026-01-02T03:04:06.250Z"}],"last_id":1,"revision":7})");
}

TEST(IdList, OfNoFilmsIsEmpty) {
  const Catalogue catalogue;
  EXPECT_EQ(whole(catalogue, 1, kEnd), R"({"items":[],"last_id":0,"revision":0})");
}

TEST(IdList, EndsAtTheMostThatAnAnswerMayHave) {
  Catalogue catalogue;
  std::vector<domain::Movie> many;
  for (domain::MovieId id = 1; id <= static_cast<domain::MovieId>(IdList::kMost) + 5; ++id)
    many.push_back(film(id));
  enter(catalogue, many, 0);
  const auto found = ids(catalogue);
  EXPECT_EQ(found.size(), IdList::kMost);
  EXPECT_EQ(found.back(), static_cast<std::int64_t>(IdList::kMost));
}

}  // namespace
}  // namespace filmoteka::metadata
