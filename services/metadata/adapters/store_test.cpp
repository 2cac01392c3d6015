// What every store must do; the rules of the writes themselves are tested in core/write.
#include <gtest/gtest.h>
#include <metadata/testing/films.hpp>
#include <metadata/testing/postgres_place.hpp>
#include <metadata/testing/sqlite_place.hpp>
#include <metadata/testing/store_place.hpp>

#include <chrono>

namespace filmoteka::metadata {
namespace {

using testing::film;
using testing::films;
using testing::OpenStorePlace;
using testing::StoreKind;

struct StoreTest : ::testing::TestWithParam<StoreKind> {
  OpenStorePlace place{GetParam()};

  News news(domain::Revision after, std::size_t limit = 100) {
    return place.run([&] { return place.store().news(after, limit); }).value();
  }
  ViewNews add_views(const std::vector<FilmViews>& more) {
    return place.run([&] { return place.store().add_views(more); }).value();
  }
  ViewNews view_news(std::int64_t after) {
    return place.run([&] { return place.store().view_news(after); }).value();
  }
  std::optional<domain::Movie> stored(domain::MovieId id) {
    return place.run([&] { return place.store().film(id); }).value();
  }
  std::vector<FeedEntry> changes(FeedQuery query) {
    return place.run([&] { return place.store().changes(query); }).value();
  }
  /// Of a store, with its films in the order in which they are told.
  static std::pair<StoreExport, std::vector<domain::Movie>> exported(OpenStorePlace& from) {
    StoreExport all = from.run([&] { return from.store().read_export(); }).value();
    std::vector<domain::Movie> movies;
    for (;;) {
      const auto some = from.run([&] { return all.films->next(); }).value();
      if (some.empty()) break;
      movies.insert(movies.end(), some.begin(), some.end());
    }
    EXPECT_EQ(all.films->films(), movies.size());
    all.films.reset();
    return {std::move(all), std::move(movies)};
  }
  std::vector<Review> reviews(std::size_t limit = 100, ReviewQuery after = {}) {
    after.limit = limit;
    return place.run([&] { return place.store().reviews(after); }).value();
  }
};

/// Films that say something in every field.
domain::MovieFacts full_film(int number, const std::string& source = "test") {
  domain::MovieFacts facts = film(number);
  facts.source = source;
  facts.aliases = {"Другое \"имя\" " + std::to_string(number), "Alias"};
  facts.ids = {{"imdb", "tt" + std::to_string(number)}, {"kp", std::to_string(number)}};
  facts.thumbnail_url = "https://img.example/small.jpg";
  facts.added_at = Timestamp{std::chrono::milliseconds{1'600'000'000'123}};
  return facts;
}

TEST_P(StoreTest, a_film_comes_back_as_it_was_stored) {
  const Commit commit = place.upsert({full_film(1)});
  ASSERT_EQ(commit.outcomes.size(), 1U);
  EXPECT_EQ(commit.outcomes[0].status, WriteStatus::kCreated);
  EXPECT_EQ(commit.before, 0);
  EXPECT_EQ(commit.after, 1);
  const auto movies = place.all();
  ASSERT_EQ(movies.size(), 1U);
  EXPECT_EQ(movies[0].facts, full_film(1));
  EXPECT_EQ(movies[0].added_at, full_film(1).added_at);
  EXPECT_EQ(movies[0].updated_at, place.clock.now());
  ASSERT_EQ(commit.changes.size(), 1U);
  EXPECT_EQ(commit.changes[0].movie, movies[0]);
}

TEST_P(StoreTest, absent_values_stay_absent) {
  domain::MovieFacts bare;
  bare.title = "X";
  bare.source = "s";
  bare.source_id = "1";
  place.upsert({bare});
  bare.added_at = place.clock.now();
  EXPECT_EQ(place.all().at(0).facts, bare);
}

TEST_P(StoreTest, the_same_facts_write_nothing) {
  place.upsert(films(0, 10));
  const auto before = place.all();
  place.clock.advance(std::chrono::hours(1));
  const Commit again = place.upsert(films(0, 10));
  EXPECT_TRUE(again.changes.empty());
  EXPECT_EQ(again.after, 10);
  EXPECT_EQ(place.all(), before);
}

TEST_P(StoreTest, records_edits_and_what_they_show_are_kept) {
  domain::MovieFacts other = full_film(1, "other");
  other.description = "Длинное описание из другого источника, подробнее первого.";
  place.upsert({full_film(1)});
  EXPECT_EQ(place.upsert({other}).outcomes.at(0).status, WriteStatus::kMerged);
  place.must(PatchMovie{1, std::nullopt, R"({"title":"Моё","year":null})"});
  const auto movies = place.all();
  ASSERT_EQ(movies.size(), 1U);
  EXPECT_EQ(movies[0].facts.title, "Моё");
  EXPECT_EQ(movies[0].facts.description, other.description);
  EXPECT_EQ(movies[0].edits, R"({"title":"Моё","year":null})");
  ASSERT_EQ(movies[0].records.size(), 2U);
  EXPECT_EQ(movies[0].records[1], other);
  EXPECT_TRUE(place.upsert({other, full_film(1)}).changes.empty());
  other.rating = 99;
  EXPECT_EQ(place.upsert({other}).outcomes.at(0).status, WriteStatus::kUpdated);
  EXPECT_EQ(place.all().at(0).records.at(1), other);
}

TEST_P(StoreTest, one_film_is_found_with_all_that_belongs_to_it) {
  place.upsert({full_film(1), full_film(2), full_film(1, "other"), film(7)});
  place.must(PatchMovie{1, std::nullopt, R"({"title":"Моё"})"});
  add_views({{1, 5}});
  place.must(DeleteMovie{3, std::nullopt});
  const auto all = place.all();
  ASSERT_EQ(all.size(), 2U);
  ASSERT_EQ(all[0].records.size(), 2U);
  EXPECT_EQ(all[0].local_views, 5);
  EXPECT_EQ(stored(1), all[0]);
  EXPECT_EQ(stored(2), all[1]);
  EXPECT_FALSE(stored(3)) << "deleted";
  EXPECT_FALSE(stored(4)) << "never existed";
}

TEST_P(StoreTest, films_are_merged_split_and_deleted) {
  std::vector<domain::MovieFacts> rows = {full_film(1), full_film(2), full_film(3)};
  for (domain::MovieFacts& row : rows) row.ids.clear();  // different numbers are never merged
  place.upsert(rows);
  const auto before = place.all();
  add_views({{1, 5}, {2, 7}});
  const Commit merged = place.must(MergeMovies{1, std::nullopt, 2});
  ASSERT_EQ(merged.changes.size(), 2U);
  EXPECT_FALSE(merged.changes[0].movie);
  EXPECT_EQ(merged.changes[1].movie, place.all().at(0));
  EXPECT_EQ(place.all().at(0).views(), before[0].views() + before[1].views() + 12);
  EXPECT_EQ(place.must(SplitMovie{1, std::nullopt, "test", "2"}).outcomes.at(1).id, 2) << "all is undone";
  EXPECT_EQ(place.all().at(1).facts, before[1].facts);
  EXPECT_EQ(place.all().at(0).local_views, 5);
  EXPECT_EQ(place.all().at(1).local_views, 7);
  EXPECT_EQ(view_news(0).views.size(), 2U);
  place.must(MergeMovies{1, std::nullopt, 2});
  const Commit split = place.must(SplitMovie{1, std::nullopt, "test", "1"});  // the main record
  EXPECT_EQ(split.outcomes.at(1).id, 4);
  const auto after = place.all();
  ASSERT_EQ(after.size(), 3U);
  EXPECT_EQ(after[0].facts.source_id, "2");
  EXPECT_EQ(after[2].facts, before[0].facts);
  place.must(DeleteMovie{3, std::nullopt});
  EXPECT_EQ(place.all().size(), 2U);
  EXPECT_EQ(place.upsert({full_film(3)}).outcomes.at(0).id, 5) << "ids are never given twice";
}

TEST_P(StoreTest, refusals_leave_nothing_behind) {
  place.upsert(films(0, 3));
  const auto before = place.all();
  const RequiredRevision wrong = std::vector<domain::Revision>{77};
  EXPECT_EQ(place.write(PatchMovie{1, wrong, "{}"}).error().code, ErrorCode::kPreconditionFailed);
  EXPECT_EQ(place.write(PatchMovie{1, std::nullopt, R"({"x":1})"}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(place.write(DeleteMovie{9, std::nullopt}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(place.write(CreateMovie{film(1), "", ""}).error().code, ErrorCode::kConflict);
  auto batch = films(5, 5);
  batch[3].year = 1;  // what validation would have refused
  EXPECT_EQ(place.write(UpsertMovies{batch}).error().code, ErrorCode::kConflict);
  EXPECT_EQ(place.all(), before);
  EXPECT_EQ(place.upsert({film(8)}).outcomes.at(0).revision, 4);
}

TEST_P(StoreTest, an_idempotency_key_is_remembered_for_a_day) {
  const CreateMovie create{film(1), "key", "hash"};
  EXPECT_EQ(place.must(create).outcomes.at(0).id, 1);
  place.clock.advance(std::chrono::hours(23));
  place.reopen();
  const Commit again = place.must(create);
  EXPECT_EQ(again.outcomes.at(0).id, 1);
  EXPECT_TRUE(again.changes.empty());
  EXPECT_EQ(place.write(CreateMovie{film(2), "key", "other"}).error().code, ErrorCode::kConflict);
  place.clock.advance(std::chrono::hours(2));
  EXPECT_EQ(place.must(CreateMovie{film(2), "key", "other"}).outcomes.at(0).id, 2);
}

TEST_P(StoreTest, changes_tell_each_films_last_change_in_order) {
  place.upsert(films(0, 3));  // revisions 1, 2, 3
  domain::MovieFacts changed = film(0);
  changed.title = "Y";
  place.upsert({changed});                   // 4
  place.must(DeleteMovie{2, std::nullopt});  // 5
  using Entries = std::vector<FeedEntry>;
  EXPECT_EQ(changes({0, 5, 10}), (Entries{{3, 3, false}, {4, 1, false}, {5, 2, true}}));
  EXPECT_EQ(changes({3, 4, 10}), (Entries{{4, 1, false}}));
  EXPECT_EQ(changes({0, 5, 2}).size(), 2U);
  EXPECT_TRUE(changes({5, 5, 10}).empty());
}

TEST_P(StoreTest, news_are_the_films_behind_the_changes) {
  place.upsert({full_film(1), full_film(1, "other"), full_film(2)});
  place.must(DeleteMovie{2, std::nullopt});
  const News all = news(0);
  EXPECT_EQ(all.revision, 3);
  ASSERT_EQ(all.changes.size(), 2U);
  EXPECT_EQ(all.changes[0].movie, place.all().at(0));
  EXPECT_EQ(all.changes[1].id, 2);
  EXPECT_FALSE(all.changes[1].movie);
  const News first = news(0, 1);
  EXPECT_EQ(first.changes.size(), 1U);
  EXPECT_EQ(first.revision, first.changes[0].revision);
  EXPECT_EQ(news(first.revision).changes.size(), 1U);
  EXPECT_TRUE(news(3).changes.empty());
  EXPECT_EQ(news(3).revision, 3);
}

TEST_P(StoreTest, views_are_counted_beside_the_films) {
  place.upsert(films(0, 3));
  const ViewNews first = add_views({{1, 2}, {3, 1}, {99, 5}});
  EXPECT_EQ(first.views, (std::vector<FilmViews>{{1, 2}, {3, 1}}));
  const ViewNews second = add_views({{1, 4}});
  EXPECT_EQ(second.views, (std::vector<FilmViews>{{1, 6}}));
  EXPECT_GT(second.version, first.version);
  EXPECT_EQ(view_news(first.version).views, (std::vector<FilmViews>{{1, 6}}));
  EXPECT_EQ(view_news(first.version).version, second.version);
  EXPECT_TRUE(view_news(second.version).views.empty());
  EXPECT_EQ(add_views({{99, 5}}).version, second.version);
  EXPECT_EQ(place.all().at(0).local_views, 6);
  domain::MovieFacts changed = film(0);
  changed.title = "Y";
  EXPECT_EQ(place.upsert({changed}).changes.at(0).movie->local_views, 6);
  EXPECT_EQ(place.all().at(0).local_views, 6);
}

TEST_P(StoreTest, doubtful_pairs_are_listed_until_they_are_dismissed) {
  place.upsert({full_film(1)});
  domain::MovieFacts same = full_film(1, "other");
  place.must(CreateMovie{same, "", ""});
  ASSERT_EQ(reviews().size(), 1U);
  EXPECT_EQ(reviews()[0].movie, 1);
  EXPECT_EQ(reviews()[0].other, 2);
  EXPECT_FALSE(reviews()[0].reasons.empty());
  EXPECT_TRUE(reviews(0).empty());
  place.must(DismissReview{2, 1});
  EXPECT_TRUE(reviews().empty());
  place.must(ReopenReview{1, 2});
  EXPECT_EQ(reviews().size(), 1U);
  // A film can be doubtful by itself.
  place.upsert({full_film(7), full_film(7, "third")});
  domain::MovieFacts contradiction = full_film(7, "third");
  contradiction.ids = {{"imdb", "tt0000001"}};
  place.upsert({contradiction});
  ASSERT_EQ(reviews().size(), 2U);
  EXPECT_EQ(reviews()[1].movie, reviews()[1].other);
  EXPECT_EQ(reviews(1).size(), 1U);
  EXPECT_EQ(reviews(1, {1, 2, 0}).at(0).movie, 3);
  EXPECT_EQ(reviews(9, {1, 1, 0}).size(), 2U);
  EXPECT_TRUE(reviews(9, {3, 3, 0}).empty());
}

TEST_P(StoreTest, a_reader_sees_one_state_while_films_are_written) {
  place.upsert(films(0, 10));
  const auto reader = place.run([&] { return place.store().read_all(); }).value();
  place.upsert(films(5, 10));
  EXPECT_EQ(reader->revision(), 10);
  EXPECT_EQ(reader->films(), 10U);
  EXPECT_EQ(place.run([&] { return reader->next(); }).value().size(), 10U);
  EXPECT_TRUE(place.run([&] { return reader->next(); }).value().empty());
}

TEST_P(StoreTest, parts_are_ranges_of_one_state) {
  place.upsert(films(0, 100));
  for (domain::MovieId id = 20; id < 60; ++id) place.must(DeleteMovie{id, std::nullopt});
  const auto before = place.all();
  const auto readers = place.run([&] { return place.store().read_parts(3); }).value();
  place.upsert(films(200, 5));
  ASSERT_GE(readers.size(), 1U);
  ASSERT_LE(readers.size(), 3U);
  std::vector<domain::Movie> told;
  for (const auto& reader : readers) {
    EXPECT_EQ(reader->revision(), 140);
    EXPECT_EQ(reader->views_version(), readers[0]->views_version());
    std::uint64_t count = 0;
    for (;;) {
      const auto some = place.run([&] { return reader->next(); }).value();
      if (some.empty()) break;
      count += some.size();
      told.insert(told.end(), some.begin(), some.end());
    }
    EXPECT_EQ(reader->films(), count);
  }
  EXPECT_EQ(told, before);
}

TEST_P(StoreTest, an_empty_store_has_parts_without_films) {
  for (const auto& reader : place.run([&] { return place.store().read_parts(4); }).value()) {
    EXPECT_EQ(reader->films(), 0U);
    EXPECT_TRUE(place.run([&] { return reader->next(); }).value().empty());
  }
}

TEST_P(StoreTest, everything_is_there_after_reopening) {
  place.upsert({full_film(1), full_film(1, "other"), full_film(2)});
  place.must(PatchMovie{2, std::nullopt, R"({"rating":1})"});
  add_views({{2, 3}});
  const auto before = place.all();
  const std::string secret = place.store().secret();
  EXPECT_EQ(secret.size(), 32U);
  place.reopen();
  EXPECT_EQ(place.all(), before);
  EXPECT_EQ(place.store().secret(), secret);
  EXPECT_EQ(place.upsert({full_film(1, "third")}).outcomes.at(0).status, WriteStatus::kMerged);
}

TEST_P(StoreTest, a_restored_catalogue_is_the_same) {
  place.upsert({full_film(1), full_film(1, "other"), full_film(2), full_film(3)});
  place.must(PatchMovie{2, std::nullopt, R"({"title":"Моё"})"});
  place.must(DeleteMovie{3, std::nullopt});
  add_views({{1, 11}});
  const auto movies = place.all();
  OpenStorePlace copy(GetParam());
  const Commit commit = copy.must(RestoreMovies{movies, {}});
  EXPECT_EQ(copy.all(), movies);
  EXPECT_EQ(commit.after, movies.back().revision);
  EXPECT_TRUE(copy.must(RestoreMovies{movies, {}}).changes.empty());
  EXPECT_EQ(copy.upsert({full_film(2, "third")}).outcomes.at(0).id, 2) << "it is matched as any film";

  place.must(PatchMovie{2, std::nullopt, R"({"ids":null})"});  // other numbers than the other's
  place.must(MergeMovies{1, std::nullopt, 2});
  const RestoreMovies::Deletion gone{2, place.all().at(0).revision - 1};
  OpenStorePlace follower(GetParam());
  follower.must(RestoreMovies{movies, {}});
  const auto later = place.all();
  follower.must(RestoreMovies{later, std::span(&gone, 1), true});
  EXPECT_EQ(follower.all(), place.all());
}

TEST_P(StoreTest, records_may_change_their_films_in_one_restore) {
  place.upsert({film(1), film(2)});
  place.must(MergeMovies{1, std::nullopt, 2});
  OpenStorePlace copy(GetParam());
  copy.must(RestoreMovies{place.all(), {}});
  place.must(SplitMovie{1, std::nullopt, "test", "1"});
  place.must(PatchMovie{1, std::nullopt, R"({"rating":5})"});  // its revision is now above the other's
  const auto movies = place.all();
  copy.must(RestoreMovies{movies, {}});
  EXPECT_EQ(copy.all(), movies);
}

TEST_P(StoreTest, an_export_tells_everything_in_the_order_of_revisions) {
  place.upsert({full_film(1), full_film(1, "other"), full_film(2), full_film(3), full_film(4)});
  place.must(PatchMovie{1, std::nullopt, R"({"title":"Моё"})"});
  place.clock.advance(std::chrono::milliseconds(1'234));
  place.must(DeleteMovie{3, std::nullopt});
  const Timestamp then = place.clock.now();
  place.must(DismissReview{2, 4});
  place.must(CreateMovie{full_film(2, "other"), "", ""});  // a pair for people to look at
  add_views({{2, 7}});
  const auto opened = place.run([&] { return place.store().read_export(); }).value();
  auto [all, movies] = exported(place);
  place.must(PatchMovie{4, std::nullopt, R"({"title":"Позже"})"});
  EXPECT_EQ(opened.counters, all.counters);
  EXPECT_EQ(place.run([&] { return opened.films->next(); }).value(), movies) << "a state stays as it was";
  std::vector<domain::MovieId> ids;
  for (const domain::Movie& movie : movies) ids.push_back(movie.id);
  EXPECT_EQ(ids, (std::vector<domain::MovieId>{2, 4, 1, 5}));
  EXPECT_EQ(movies.at(0).local_views, 7);
  EXPECT_EQ(movies.at(2).records.size(), 2U);
  EXPECT_EQ(movies.at(3).revision, all.counters.revision);
  EXPECT_EQ(all.counters.last_id, 5);
  ASSERT_EQ(all.deletions.size(), 1U);
  EXPECT_EQ(all.deletions[0].id, 3);
  EXPECT_EQ(all.deletions[0].at, then);
  ASSERT_EQ(all.reviews.size(), 2U);
  EXPECT_EQ(all.reviews[0], (StoredReview{2, 4, "", then, true}));
  EXPECT_EQ(all.reviews[1].other, 5);
  EXPECT_FALSE(all.reviews[1].dismissed);

  OpenStorePlace copy(GetParam());
  copy.clock.advance(std::chrono::hours(1));
  auto whole = exported(place);
  const RestoreMovies restore{
      whole.second,        whole.first.deletions,        false,
      whole.first.reviews, whole.first.counters.last_id, whole.first.counters.revision};
  copy.must(restore);
  for (int time = 0; time < 2; ++time) {
    const auto again = exported(copy);
    EXPECT_EQ(again.second, whole.second);
    EXPECT_EQ(again.first.counters, whole.first.counters);
    EXPECT_EQ(again.first.deletions, whole.first.deletions);
    EXPECT_EQ(again.first.reviews, whole.first.reviews);
    EXPECT_TRUE(copy.must(restore).changes.empty());
  }
}

TEST_P(StoreTest, what_is_restored_into_a_running_store_comes_in_its_feed) {
  place.upsert({full_film(1), full_film(2)});
  place.must(DeleteMovie{2, std::nullopt});
  auto [all, movies] = exported(place);
  OpenStorePlace running(GetParam());
  running.must(RestoreMovies{{}, {}, false, {}, 100, 0});
  running.upsert(films(50, 20));
  const Commit commit = running.must(RestoreMovies{movies, all.deletions});
  ASSERT_EQ(commit.changes.size(), 1U) << "the deleted film was never there";
  EXPECT_EQ(commit.changes[0].revision, 21);
  const News news = running.run([&] { return running.store().news(20, 10); }).value();
  ASSERT_EQ(news.changes.size(), 1U);
  EXPECT_EQ(news.changes[0].id, 1);
  running.must(PatchMovie{101, std::nullopt, R"({"rating":1})"});
  EXPECT_EQ(running.run([&] { return running.store().film(1); }).value()->facts, movies[0].facts);
}

TEST_P(StoreTest, a_film_that_two_stores_have_may_have_been_added_at_another_time) {
  place.clock.advance(std::chrono::hours(5));
  place.upsert({film(1)});
  OpenStorePlace other(GetParam());
  other.upsert({film(1)});
  const auto movies = place.all();
  const Commit commit = other.must(RestoreMovies{movies, {}});
  ASSERT_EQ(commit.changes.size(), 1U);
  other.reopen();
  EXPECT_EQ(other.all().at(0), commit.changes[0].movie) << "what is shown is what is stored";
}

TEST_P(StoreTest, waiting_for_news_ends_at_its_deadline) {
  place.run([&] { return place.store().wait_for_news(Deadline::after(std::chrono::milliseconds(1))); });
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreTest,
                         ::testing::Values(testing::sqlite_kind(), testing::postgres_kind()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace filmoteka::metadata
