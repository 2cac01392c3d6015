#include <filmoteka/api/movie_json.hpp>

#include <gtest/gtest.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/film_generator.hpp>

#include <algorithm>
#include <atomic>

namespace filmoteka::metadata {
namespace {

using testing::FilmGenerator;
using testing::FilmMix;

Change upsert(const FilmGenerator& films, domain::MovieId id, domain::Revision revision) {
  return {id, revision, films.film(id, revision)};
}

std::string json_of(const domain::Movie& movie) {
  std::string json;
  api::append_movie(json, movie);
  return json;
}

std::optional<std::string> body(const Catalogue& catalogue, domain::MovieId id) {
  auto found = find_movie(*catalogue.snapshot(), id, true);
  return found ? std::optional(found->body) : std::nullopt;
}

TEST(Catalogue, StartsEmpty) {
  const Catalogue catalogue;
  EXPECT_EQ(catalogue.snapshot()->films(), 0U);
  EXPECT_EQ(catalogue.snapshot()->revision, 0);
  EXPECT_EQ(
      list_movies(*catalogue.snapshot(), {}).body,
      R"({"items":[],"page":{"number":1,"size":24,"total":0,"pages":0,"next_cursor":null,"prev_cursor":null}})");
  EXPECT_EQ(genres_json(*catalogue.snapshot()), R"({"items":[]})");
}

TEST(Catalogue, ShowsTheFullFilmBeforeAndAfterAMerge) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  catalogue.apply(std::vector{upsert(films, 7, 1)});
  EXPECT_EQ(body(catalogue, 7), json_of(films.film(7, 1)));
  catalogue.merge();
  EXPECT_EQ(body(catalogue, 7), json_of(films.film(7, 1)));
  EXPECT_EQ(body(catalogue, 8), std::nullopt);
}

TEST(Catalogue, LaterChangesOfABatchWin) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  catalogue.apply(
      std::vector{upsert(films, 7, 1), upsert(films, 7, 2), upsert(films, 8, 3), Change{8, 4, {}}});
  domain::Movie last = films.film(7, 2);
  last.local_views = std::max(last.local_views, films.film(7, 1).local_views);  // views never fall
  EXPECT_EQ(body(catalogue, 7), json_of(last));
  EXPECT_EQ(body(catalogue, 8), std::nullopt);
  EXPECT_EQ(catalogue.snapshot()->films(), 1U);
  EXPECT_EQ(catalogue.snapshot()->revision, 4);
}

TEST(Catalogue, SkipsChangesThatItAlreadyHas) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  catalogue.apply(std::vector{upsert(films, 7, 5)});
  const auto before = catalogue.snapshot();
  catalogue.apply(std::vector{upsert(films, 7, 4), upsert(films, 7, 5), Change{7, 3, {}}});
  EXPECT_EQ(catalogue.snapshot(), before);
  catalogue.merge();
  catalogue.apply(std::vector{upsert(films, 7, 5)});
  EXPECT_TRUE(catalogue.snapshot()->delta->empty());
}

TEST(Catalogue, ASnapshotStaysAsItWas) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  catalogue.apply(std::vector{upsert(films, 7, 1)});
  const auto old = catalogue.snapshot();
  catalogue.merge();
  const auto merged = catalogue.snapshot();
  Change later = upsert(films, 7, 2);
  later.movie->local_views = 0;  // views are shown as they are now, in all snapshots
  catalogue.apply(std::vector{later, upsert(films, 9, 3)});
  catalogue.merge();
  catalogue.apply(std::vector{Change{7, 4, {}}});
  catalogue.merge();
  for (const auto& snapshot : {old, merged}) {
    EXPECT_EQ(snapshot->films(), 1U);
    EXPECT_EQ(find_movie(*snapshot, 7, true)->body, json_of(films.film(7, 1)));
  }
  EXPECT_EQ(body(catalogue, 7), std::nullopt);
}

TEST(Catalogue, AMergeIsDueOnceOneFilmHasChangedVeryOften) {
  constexpr std::size_t kBound = std::size_t{24} << 20U;
  const FilmGenerator films(1);
  Catalogue catalogue;
  Change change = upsert(films, 7, 0);
  while (!catalogue.merge_due() && catalogue.memory().delta < kBound) {
    change.movie->revision = ++change.revision;
    catalogue.apply(std::vector{change});
  }
  EXPECT_LT(catalogue.memory().delta, kBound) << "after " << change.revision << " changes";
  catalogue.merge();
  EXPECT_FALSE(catalogue.merge_due());
  EXPECT_EQ(catalogue.memory().delta, Catalogue().memory().delta);
}

TEST(Catalogue, AMergeCanBeGivenUpAtAnyPart) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  std::vector<Change> changes;
  for (domain::MovieId id = 1; id <= 40; ++id) changes.push_back(upsert(films, id, id));
  catalogue.apply(std::span(changes).first(35));
  catalogue.merge();
  catalogue.apply(std::span(changes).last(5));
  const auto before = catalogue.snapshot();
  std::size_t parts = 0;
  for (bool is_done = false; !is_done; ++parts) {
    std::size_t left = parts;
    const Checkpoint checkpoint = [&left] {
      if (left-- == 0) throw std::runtime_error("given up");
    };
    try {
      catalogue.merge(checkpoint);
      is_done = true;
    } catch (const std::runtime_error&) {
      ASSERT_EQ(catalogue.snapshot(), before) << "after " << parts << " parts";
    }
  }
  EXPECT_GT(parts, 20U) << "one for each changed film and each part of the index";
  EXPECT_TRUE(catalogue.snapshot()->delta->empty());
  for (domain::MovieId id = 1; id <= 40; ++id) {
    EXPECT_EQ(body(catalogue, id), json_of(films.film(id, id)));
  }
}

TEST(Catalogue, AMergeIsDueOnceTheDeltaHasGrown) {
  const FilmGenerator films(1, FilmMix::kCrowded);
  Catalogue catalogue;
  std::vector<Change> changes;
  for (domain::MovieId id = 1; id <= 4'100; ++id) changes.push_back(upsert(films, id, id));
  catalogue.apply(std::span(changes).first(100));
  EXPECT_FALSE(catalogue.merge_due());
  catalogue.apply(changes);
  EXPECT_TRUE(catalogue.merge_due());
  catalogue.merge();
  EXPECT_FALSE(catalogue.merge_due());
  EXPECT_EQ(catalogue.snapshot()->films(), changes.size());
}

TEST(Catalogue, LoadsInBulkWhatChangesWouldBuild) {
  const FilmGenerator films(3);
  Catalogue by_changes;
  std::vector<Change> changes;
  SegmentBuilder low;
  SegmentBuilder high;
  for (domain::MovieId id = 1; id <= 300; ++id) {
    changes.push_back(upsert(films, id, id));
    (id <= 120 ? low : high).add(films.film(id, id));
  }
  by_changes.apply(changes);
  low.append(std::move(high));
  Catalogue loaded;
  loaded.load(std::move(low), 300);
  EXPECT_EQ(loaded.snapshot()->revision, 300);
  for (const SortKey key : {SortKey::kTitle, SortKey::kAddedAt, SortKey::kRating}) {
    ListQuery query;
    query.sort.order = {key, false};
    query.per_page = 100;
    query.genres = {"драма", "Drama", "Horror"};
    EXPECT_EQ(list_movies(*loaded.snapshot(), query).body, list_movies(*by_changes.snapshot(), query).body);
  }
  EXPECT_EQ(genres_json(*loaded.snapshot()), genres_json(*by_changes.snapshot()));
  EXPECT_EQ(body(loaded, 200), json_of(films.film(200, 200)));
}

TEST(Catalogue, ShowsViewsAtOnceAndOrdersByThemWhenRefreshed) {
  Catalogue catalogue;
  const auto film = [](domain::MovieId id, std::int64_t source_views, std::int64_t local_views,
                       domain::Revision revision) {
    domain::Movie movie;
    movie.id = id;
    movie.facts.title = "Film";
    movie.facts.views = source_views;
    movie.local_views = local_views;
    movie.revision = revision;
    return Change{id, revision, movie};
  };
  const auto views_of = [&](domain::MovieId id) {
    return find_movie(*catalogue.snapshot(), id, false)->body.find("\"views\":27,") != std::string::npos;
  };
  const auto first = [&] {
    return list_movies(*catalogue.snapshot(), {}).body.substr(0, 18);
  };
  catalogue.apply(std::vector{film(1, 20, 5, 1), film(2, 26, 0, 2)});
  catalogue.merge();
  EXPECT_FALSE(catalogue.refresh_views_order()) << "nothing has changed";
  const auto old = catalogue.snapshot();
  EXPECT_EQ(catalogue.set_views(std::vector<FilmViews>{{1, 7}, {2, 0}, {99, 5}}), 1U);
  EXPECT_EQ(catalogue.set_views(std::vector<FilmViews>{{1, 3}}), 0U) << "counts never fall";
  EXPECT_TRUE(views_of(1));
  EXPECT_EQ(catalogue.snapshot(), old) << "without a new state";
  EXPECT_EQ(first(), R"({"items":[{"id":2,)");
  EXPECT_TRUE(catalogue.refresh_views_order());
  EXPECT_EQ(first(), R"({"items":[{"id":1,)");
  EXPECT_EQ(catalogue.snapshot()->segment, old->segment) << "other columns are shared";

  // A change that was read from the store before the last view was counted there.
  catalogue.apply(std::vector{film(1, 20, 6, 3)});
  EXPECT_TRUE(views_of(1));
  catalogue.merge();
  EXPECT_TRUE(views_of(1));
  catalogue.apply(std::vector{film(1, 18, 9, 4)});
  EXPECT_TRUE(views_of(1)) << "the source's part may fall";
}

TEST(Catalogue, ViewsOfAFilmThatComesLaterWaitForIt) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  EXPECT_EQ(catalogue.set_views(std::vector<FilmViews>{{7, 900}, {8, 5}}), 0U);
  catalogue.apply(std::vector{upsert(films, 7, 1), Change{8, 2, {}}});
  domain::Movie viewed = films.film(7, 1);
  viewed.local_views = 900;
  EXPECT_EQ(body(catalogue, 7), json_of(viewed));
  catalogue.apply(std::vector{upsert(films, 8, 3)});
  EXPECT_EQ(body(catalogue, 8), json_of(films.film(8, 3))) << "those of a deleted film are forgotten";
}

TEST(Catalogue, ViewsThatCameBeforeTheLoadAreThere) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  catalogue.set_views(std::vector<FilmViews>{{7, 900}});
  SegmentBuilder builder;
  builder.add(films.film(7, 1));
  catalogue.load(std::move(builder), 1);
  domain::Movie viewed = films.film(7, 1);
  viewed.local_views = 900;
  EXPECT_EQ(body(catalogue, 7), json_of(viewed));
}

TEST(Catalogue, SaysWhatAMergeDid) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  EXPECT_EQ(catalogue.merge(), MergeOutcome::kNothing);
  catalogue.apply(std::vector{upsert(films, 7, 1)});
  EXPECT_EQ(catalogue.merge(), MergeOutcome::kDone);
  EXPECT_EQ(catalogue.merge(), MergeOutcome::kNothing);
}

TEST(Catalogue, FreesAnOldSegmentItselfOnceNoReaderHoldsIt) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  catalogue.apply(std::vector{upsert(films, 7, 1)});
  catalogue.merge();
  EXPECT_FALSE(catalogue.has_retired());
  auto read = catalogue.snapshot();
  const std::weak_ptr<const Segment> old = read->segment;
  catalogue.apply(std::vector{upsert(films, 8, 2)});
  catalogue.merge();
  EXPECT_TRUE(catalogue.has_retired());
  EXPECT_GT(catalogue.memory().retired, 0U);
  read.reset();
  EXPECT_FALSE(old.expired()) << "the reader has freed it";
  EXPECT_EQ(catalogue.free_retired(), 0U);
  EXPECT_TRUE(old.expired());
  EXPECT_EQ(catalogue.memory().retired, 0U);
}

TEST(Catalogue, TellsItsMemory) {
  const FilmGenerator films(1);
  Catalogue catalogue;
  catalogue.apply(std::vector{upsert(films, 7, 1)});
  EXPECT_GT(catalogue.memory().delta, json_of(films.film(7, 1)).size());
  catalogue.merge();
  EXPECT_EQ(catalogue.memory().delta, 0U);
  EXPECT_EQ(catalogue.memory().segment.total(), catalogue.snapshot()->segment->bytes());
  EXPECT_GT(catalogue.memory().views, 0U);
}

TEST(SegmentBuilder, RefusesFilmsOutOfOrder) {
  const FilmGenerator films(3);
  SegmentBuilder builder;
  builder.add(films.film(5));
  EXPECT_THROW(builder.add(films.film(5)), std::invalid_argument);
  EXPECT_THROW(builder.add(films.film(4)), std::invalid_argument);
  SegmentBuilder lower;
  lower.add(films.film(2));
  EXPECT_THROW(builder.append(std::move(lower)), std::invalid_argument);
}

TEST(Catalogue, IsTheSameMadeByOneThreadOrSeveral) {
  const FilmGenerator films(3, FilmMix::kCrowded);
  const auto segment_made_by = [&](std::size_t threads) {
    SegmentBuilder builder;
    for (domain::MovieId id = 1; id <= 700; ++id) builder.add(films.film(id));
    ViewCounts counts;
    std::atomic<std::size_t> heard = 0;
    std::atomic<std::size_t> parts = 0;
    auto segment = builder.finish(counts, threads, [&](std::size_t done, std::size_t all) {
      EXPECT_LE(done, all);
      ++heard;
      parts = all;
    });
    EXPECT_EQ(heard, parts) << "each part of the index is told";
    EXPECT_GT(parts, 0U);
    return segment;
  };
  const auto one = segment_made_by(1);
  const auto several = segment_made_by(4);
  EXPECT_EQ(several->orders, one->orders);
  EXPECT_EQ(several->title_rank, one->title_rank);
  EXPECT_EQ(several->title_keys.bytes, one->title_keys.bytes);
  EXPECT_EQ(several->genre_values, one->genre_values);
  EXPECT_EQ(several->added_at_coarse.group, one->added_at_coarse.group);
  EXPECT_EQ(several->memory().postings, one->memory().postings);
}

}  // namespace
}  // namespace filmoteka::metadata
