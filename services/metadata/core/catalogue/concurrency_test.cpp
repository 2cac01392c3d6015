/// Readers, a writer and merges at the same time: each reader sees one state, and never an older one than
/// before. Meant for ThreadSanitizer as much as for its own checks.
#include <filmoteka/api/movie_json.hpp>

#include <gtest/gtest.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/film_generator.hpp>

#include <atomic>
#include <thread>

namespace filmoteka::metadata {
namespace {

constexpr domain::MovieId kFilms = 64;
constexpr int kBatches = 100;

// Every batch sets all films to the same number of views: a state in which they differ was never published.
std::vector<Change> batch(int number) {
  static const testing::FilmGenerator films(11);
  std::vector<Change> changes;
  for (domain::MovieId id = 1; id <= kFilms; ++id) {
    const domain::Revision revision = number * kFilms + id;
    domain::Movie movie = films.film(id);
    movie.facts.views = number;
    movie.local_views = 0;
    movie.revision = revision;
    movie.facts.is_active = true;
    if (id % 8 == number % 8) {
      changes.push_back({id, revision, std::nullopt});
    } else {
      changes.push_back({id, revision, std::move(movie)});
    }
  }
  return changes;
}

struct Seen {
  int batch = 0;
  std::uint64_t total = 0;
};

// Checks that all films of the snapshot are of one batch.
Seen look(const Snapshot& snapshot) {
  Seen seen;
  if (snapshot.revision == 0) return seen;
  seen.batch = static_cast<int>((snapshot.revision - 1) / kFilms);
  ListQuery query;
  query.views_from = seen.batch;
  seen.total = *list_movies(snapshot, query).total;
  EXPECT_EQ(seen.total, static_cast<std::uint64_t>(kFilms - kFilms / 8));
  EXPECT_EQ(snapshot.films(), seen.total);
  query.views_from = seen.batch + 1;
  EXPECT_EQ(*list_movies(snapshot, query).total, 0U);
  return seen;
}

void read_until(const Catalogue& catalogue, const std::atomic<bool>& done) {
  SnapshotReader reader(catalogue.publisher());
  int last = 0;
  while (!done.load()) {
    const Seen seen = look(*reader.get());
    ASSERT_GE(seen.batch, last);
    last = seen.batch;
  }
  EXPECT_EQ(look(*reader.get()).batch, kBatches) << "the last state is seen at once";
}

TEST(CatalogueConcurrency, EachReaderSeesOneStateAfterAnother) {
  Catalogue catalogue;
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { read_until(catalogue, done); });
  std::thread merging([&] {
    while (!done.load()) catalogue.merge();
  });
  for (int number = 1; number <= kBatches; ++number) catalogue.apply(batch(number));
  done.store(true);
  merging.join();
  for (std::thread& thread : threads) thread.join();

  catalogue.merge();
  EXPECT_TRUE(catalogue.snapshot()->delta->empty());
  EXPECT_EQ(look(*catalogue.snapshot()).batch, kBatches);
}

TEST(CatalogueConcurrency, ChangesDuringAMergeAreNotLost) {
  Catalogue catalogue;
  const testing::FilmGenerator films(5, testing::FilmMix::kCrowded);
  std::atomic<bool> done = false;
  std::thread merging([&] {
    while (!done.load()) catalogue.merge();
  });
  constexpr domain::MovieId kMany = 600;
  domain::Revision revision = 0;
  for (domain::MovieId id = 1; id <= kMany; ++id) {
    std::vector<Change> changes{{id, ++revision, films.film(id, revision)}};
    if (id % 3 == 0) changes.push_back({id / 3, ++revision, films.film(id / 3, revision)});
    if (id % 5 == 0) changes.push_back({id / 5, ++revision, std::nullopt});
    catalogue.apply(changes);
  }
  done.store(true);
  merging.join();

  // The same history without merges.
  Catalogue plain;
  revision = 0;
  for (domain::MovieId id = 1; id <= kMany; ++id) {
    std::vector<Change> changes{{id, ++revision, films.film(id, revision)}};
    if (id % 3 == 0) changes.push_back({id / 3, ++revision, films.film(id / 3, revision)});
    if (id % 5 == 0) changes.push_back({id / 5, ++revision, std::nullopt});
    plain.apply(changes);
  }
  EXPECT_EQ(catalogue.snapshot()->films(), plain.snapshot()->films());
  for (domain::MovieId id = 1; id <= kMany; ++id) {
    const auto expected = find_movie(*plain.snapshot(), id, true);
    const auto found = find_movie(*catalogue.snapshot(), id, true);
    ASSERT_EQ(found.has_value(), expected.has_value()) << id;
    if (found) {
      ASSERT_EQ(found->body, expected->body);
    }
  }
}

// Views are counted and frozen while films change and merges run; readers see whole states, and nothing is
// lost.
TEST(CatalogueConcurrency, ViewsAreCountedBesideEverythingElse) {
  Catalogue catalogue;
  constexpr std::int64_t kCounted = 400;
  const auto film = [](domain::MovieId id, domain::Revision revision) {
    domain::Movie movie;
    movie.id = id;
    movie.facts.title = "Film";
    movie.revision = revision;
    return Change{id, revision, movie};
  };
  domain::Revision revision = 0;
  for (domain::MovieId id = 1; id <= kFilms; ++id) catalogue.apply(std::vector{film(id, ++revision)});
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    while (!done.load()) catalogue.merge();
  });
  threads.emplace_back([&] {
    while (!done.load()) catalogue.refresh_views_order();
  });
  threads.emplace_back([&] {
    ListQuery query;
    query.facets = bit(Facet::kGenre);
    while (!done.load()) {
      const ListResult result = list_movies(*catalogue.snapshot(), query);
      EXPECT_EQ(result.total, static_cast<std::uint64_t>(kFilms));
    }
  });
  threads.emplace_back([&] {
    for (std::int64_t count = 1; count <= kCounted; ++count) {
      std::vector<FilmViews> views;
      for (domain::MovieId id = 1; id <= kFilms; ++id) views.push_back({id, count * id});
      catalogue.set_views(views);
    }
  });
  for (int i = 0; i < 300; ++i) catalogue.apply(std::vector{film(1 + i % kFilms, ++revision)});
  threads.back().join();
  threads.pop_back();
  done.store(true);
  for (std::thread& thread : threads) thread.join();

  catalogue.refresh_views_order();
  ListQuery query;
  query.views_from = kCounted * kFilms;
  EXPECT_EQ(list_movies(*catalogue.snapshot(), query).total, 1U);
  query.views_from = kCounted;
  EXPECT_EQ(list_movies(*catalogue.snapshot(), query).total, static_cast<std::uint64_t>(kFilms));
}

// A film enters, and views of it come, in either order and at the same time.
TEST(CatalogueConcurrency, NoViewOfAFilmThatIsJustEnteringIsLost) {
  Catalogue catalogue;
  const testing::FilmGenerator films(5, testing::FilmMix::kCrowded);
  constexpr domain::MovieId kMany = 1'000;
  std::atomic<domain::MovieId> next = 0;
  std::thread viewing([&] {
    for (domain::MovieId id = 1; id <= kMany; ++id) {
      while (next.load() < id) std::this_thread::yield();
      catalogue.set_views(std::vector<FilmViews>{{id, 1'000'000 + id}});
    }
  });
  for (domain::MovieId id = 1; id <= kMany; ++id) {
    next.store(id);
    catalogue.apply(std::vector<Change>{{id, id, films.film(id)}});
    if (id % 100 == 0) catalogue.merge();
  }
  viewing.join();
  catalogue.merge();
  const auto state = catalogue.snapshot();
  for (Row row = 0; row < state->segment->size(); ++row) {
    ASSERT_EQ(state->view_counts->at(state->segment->view_slot[row]), 1'000'000 + state->segment->id[row]);
  }
}

TEST(SnapshotReader, TakesANewSnapshotOnlyWhenTheVersionMoved) {
  Catalogue catalogue;
  SnapshotReader reader(catalogue.publisher());
  const auto first = reader.get();
  EXPECT_EQ(reader.get(), first);
  EXPECT_EQ(first, catalogue.snapshot());
  catalogue.apply(batch(1));
  EXPECT_NE(reader.get(), first);
  EXPECT_EQ(reader.get(), catalogue.snapshot());
}

}  // namespace
}  // namespace filmoteka::metadata
