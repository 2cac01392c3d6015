/// Readers, a writer and merges at the same time: each reader sees one state, and never an older one than
/// before. Meant for ThreadSanitizer as much as for its own checks.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/film_generator.hpp>

#include <array>
#include <atomic>
#include <map>
#include <set>
#include <thread>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;

constexpr domain::MovieId kFilms = 64;
constexpr domain::MovieId kAbsentEvery = 8;  // one film of so many is missing in each batch
constexpr std::uint64_t kPresent = kFilms - kFilms / kAbsentEvery;
constexpr domain::MovieId kGroups = 5;
constexpr int kBatches = 100;
constexpr const char* kAllFacets = "genre,year,decade,rating,duration,source,age_rating";

bool is_absent(domain::MovieId id, int number) {
  return id % kAbsentEvery == number % kAbsentEvery;
}
std::int32_t year_of(int number) {
  return 1900 + number % 120;
}
std::string parity_of(int number) {
  return number % 2 == 0 ? "even" : "odd";
}

// Whatever is counted is the same for all films of a batch, but for the genre of a film's group.
domain::Movie film_of(int number, domain::MovieId id) {
  static const testing::FilmGenerator films(11);
  domain::Movie movie = films.film(id);
  movie.revision = number * kFilms + id;
  movie.local_views = 0;
  movie.facts.views = number;
  movie.facts.is_active = true;
  movie.facts.year = year_of(number);
  movie.facts.rating = number % 101;
  movie.facts.duration_seconds = 600 * (1 + number % 20);
  movie.facts.age_rating = std::array{0, 6, 12, 16, 18}[static_cast<std::size_t>(number % 5)];
  movie.facts.source = "source " + std::to_string(number % 7);
  movie.facts.aliases = {"Batch " + parity_of(number)};
  movie.facts.genres = {"all", parity_of(number), "group " + std::to_string(id % kGroups)};
  return movie;
}

// Every batch changes all films: a state in which they differ was never published.
std::vector<Change> batch(int number) {
  std::vector<Change> changes;
  for (domain::MovieId id = 1; id <= kFilms; ++id) {
    const domain::Revision revision = number * kFilms + id;
    std::optional<domain::Movie> movie;
    if (!is_absent(id, number)) movie = film_of(number, id);
    changes.push_back({id, revision, std::move(movie)});
  }
  return changes;
}

ListResult ask(const Snapshot& snapshot, const QueryPairs& parameters) {
  return list_movies(snapshot, parse_list_query(parameters).value());
}

using Counts = std::map<std::string, std::uint64_t>;
Counts counts_of(const json::value& facet) {
  Counts counts;
  for (const json::value& entry : facet.as_array()) {
    const json::value& value = entry.at("value");
    const std::string name = value.is_string() ? std::string(value.as_string()) : json::serialize(value);
    counts[name] = entry.at("count").to_number<std::uint64_t>();
  }
  return counts;
}

void check_genres(const Counts& genres, int number) {
  EXPECT_EQ(genres.size(), 2U + kGroups);
  EXPECT_EQ(genres.at("all"), kPresent);
  EXPECT_EQ(genres.at(parity_of(number)), kPresent);
  std::uint64_t in_groups = 0;
  for (const auto& [name, count] : genres) in_groups += name.starts_with("group") ? count : 0;
  EXPECT_EQ(in_groups, kPresent);
}

// Every facet counts the films of one batch, and all of them.
void check_facets(const Snapshot& snapshot, int number) {
  const ListResult list = ask(snapshot, {{"sort", "title"}, {"facets", kAllFacets}});
  EXPECT_EQ(list.total, kPresent);
  const json::value page = json::parse(list.body);
  for (const auto& [name, facet] : page.at("facets").as_object()) {
    if (name == "genre") {
      check_genres(counts_of(facet), number);
    } else {
      ASSERT_EQ(facet.as_array().size(), 1U) << name << ' ' << list.body;
      EXPECT_EQ(counts_of(facet).begin()->second, kPresent) << name;
    }
  }
  EXPECT_EQ(counts_of(page.at("facets").at("year")).begin()->first, std::to_string(year_of(number)));
}

// All films of the batch by its name, in one form and another.
void check_search(const Snapshot& snapshot, int number) {
  for (const std::string& q : {"batch " + parity_of(number), "batches " + parity_of(number)}) {
    EXPECT_EQ(ask(snapshot, {{"q", q}}).total, kPresent) << q;
  }
}

// By cursors through everything: each film once, in its order, of this batch.
void check_walk(const Snapshot& snapshot, int number) {
  std::set<std::int64_t> seen;
  QueryPairs parameters{{"sort", "title"}, {"per_page", "11"}, {"genre", parity_of(number)}};
  for (bool more = true; more;) {
    const ListResult list = ask(snapshot, parameters);
    const json::value page = json::parse(list.body);
    for (const json::value& film : page.at("items").as_array()) {
      EXPECT_TRUE(seen.insert(film.at("id").as_int64()).second);
      EXPECT_EQ(film.at("year").as_int64(), year_of(number));
    }
    more = list.next_cursor.has_value();
    if (parameters.size() > 3) parameters.pop_back();
    if (more) parameters.emplace_back("cursor", *list.next_cursor);
  }
  EXPECT_EQ(seen.size(), kPresent);
}

void check_films(const Snapshot& snapshot, int number) {
  for (domain::MovieId id = 1; id <= kFilms; id += 7) {
    const auto film = find_movie(snapshot, id, true);
    const auto similar = similar_movies(snapshot, id, 10);
    ASSERT_EQ(film.has_value(), !is_absent(id, number)) << id;
    ASSERT_EQ(similar.has_value(), film.has_value()) << id;
    if (!film) continue;
    EXPECT_EQ(json::parse(film->body).at("year").as_int64(), year_of(number));
    const json::value like = json::parse(*similar);
    EXPECT_FALSE(like.at("items").as_array().empty());
    for (const json::value& other : like.at("items").as_array()) {
      EXPECT_NE(other.at("id").as_int64(), id);
      EXPECT_EQ(other.at("year").as_int64(), year_of(number));
    }
  }
}

// Checks that all of the snapshot is of one batch, and returns which.
int look(const Snapshot& snapshot) {
  if (snapshot.revision == 0) return 0;
  const auto number = static_cast<int>((snapshot.revision - 1) / kFilms);
  EXPECT_EQ(snapshot.films(), kPresent);
  EXPECT_EQ(ask(snapshot, {{"views_from", std::to_string(number)}}).total, kPresent);
  EXPECT_EQ(ask(snapshot, {{"views_from", std::to_string(number + 1)}}).total, 0U);
  check_facets(snapshot, number);
  check_walk(snapshot, number);
  check_search(snapshot, number);
  check_films(snapshot, number);
  return number;
}

void read_until(const Catalogue& catalogue, const std::atomic<bool>& done) {
  SnapshotReader reader(catalogue.publisher());
  int last = 0;
  while (!done.load()) {
    const int seen = look(*reader.get());
    ASSERT_GE(seen, last);
    last = seen;
  }
  EXPECT_EQ(look(*reader.get()), kBatches) << "the last state is seen at once";
}

TEST(CatalogueConcurrency, EachReaderSeesOneStateAfterAnother) {
  Catalogue catalogue;
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { read_until(catalogue, done); });
  threads.emplace_back([&] {
    while (!done.load()) catalogue.merge();
  });
  for (int number = 1; number <= kBatches; ++number) catalogue.apply(batch(number));
  done.store(true);
  for (std::thread& thread : threads) thread.join();

  catalogue.merge();
  EXPECT_TRUE(catalogue.snapshot()->delta->empty());
  EXPECT_EQ(look(*catalogue.snapshot()), kBatches);
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

// Of a film, all that its readers below look at stays the same in its revisions.
Change same_film(domain::MovieId id, domain::Revision revision) {
  domain::Movie movie = film_of(1, id);
  movie.revision = revision;
  movie.facts.views = 0;
  return {id, revision, std::move(movie)};
}

// By views, while these change and are frozen anew: every film once, and every facet whole.
void read_by_views(const Snapshot& snapshot) {
  const ListResult list = ask(snapshot, {{"sort", "-views"}, {"per_page", "100"}, {"facets", kAllFacets}});
  EXPECT_EQ(list.total, static_cast<std::uint64_t>(kFilms));
  const json::value page = json::parse(list.body);
  std::set<std::int64_t> seen;
  for (const json::value& film : page.at("items").as_array()) seen.insert(film.at("id").as_int64());
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kFilms));
  EXPECT_EQ(counts_of(page.at("facets").at("genre")).at("all"), static_cast<std::uint64_t>(kFilms));
  EXPECT_EQ(counts_of(page.at("facets").at("rating")).begin()->second, static_cast<std::uint64_t>(kFilms));
}

// Views are counted and frozen while films change and merges run; readers see whole states, and nothing is
// lost.
TEST(CatalogueConcurrency, ViewsAreCountedBesideEverythingElse) {
  Catalogue catalogue;
  constexpr std::int64_t kCounted = 400;
  domain::Revision revision = 0;
  for (domain::MovieId id = 1; id <= kFilms; ++id) catalogue.apply(std::vector{same_film(id, ++revision)});
  std::atomic<bool> done = false;
  const auto again = [&done](auto work) {
    return std::thread([&done, work] {
      while (!done.load()) work();
    });
  };
  std::vector<std::thread> threads;
  threads.push_back(again([&] { catalogue.merge(); }));
  threads.push_back(again([&] { catalogue.refresh_views_order(); }));
  threads.push_back(again([&] { read_by_views(*catalogue.snapshot()); }));
  std::thread counting([&] {
    for (std::int64_t count = 1; count <= kCounted; ++count) {
      std::vector<FilmViews> views;
      for (domain::MovieId id = 1; id <= kFilms; ++id) views.push_back({id, count * id});
      catalogue.set_views(views);
    }
  });
  for (int i = 0; i < 300; ++i) catalogue.apply(std::vector{same_film(1 + i % kFilms, ++revision)});
  counting.join();
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
