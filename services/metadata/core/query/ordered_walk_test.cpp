#include <gtest/gtest.h>
#include <metadata/core/query/found_films.hpp>
#include <metadata/core/query/ordered_walk.hpp>
#include <metadata/core/testing/history.hpp>
#include <metadata/core/testing/random_query.hpp>

#include <algorithm>
#include <memory>

namespace filmoteka::metadata {
namespace {

using testing::History;

// What is needed to walk: kept together, for parts refer to each other.
struct List {
  List(History& history, const ListQuery& asked)
      : query(asked),
        snapshot(history.snapshot()),
        text(query.q.empty() ? std::nullopt : std::optional<TextMatches>(std::in_place, *snapshot, query.q)),
        filter(query, text ? &*text : nullptr),
        found(*snapshot, filter, query),
        ordering(*snapshot, query.sort, nullptr, filter.bounds(query.sort.order.key)) {}

  ListQuery query;
  std::shared_ptr<const Snapshot> snapshot;
  std::optional<TextMatches> text;
  Filter filter;
  FoundFilms found;
  Ordering ordering;
};

ListQuery random_list(History& history) {
  ListQuery query;
  do {
    query = testing::random_query(history.random());
  } while (query.sort.by_relevance);
  return query;
}

std::int64_t value_of(const Snapshot& snapshot, SortKey key, Row row) {
  const FilmNumbers film = snapshot.numbers(row);
  switch (key) {
    case SortKey::kViews:
      return film.views;
    case SortKey::kRating:
      return film.rating;
    case SortKey::kYear:
      return film.year;
    case SortKey::kAddedAt:
      return film.added_at;
    case SortKey::kDuration:
      return film.duration;
    case SortKey::kTitle:
      break;
  }
  return 0;
}

TEST(Ordering, HasTheRowsWhoseValueIsWithinTheBounds) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    History history(seed);
    for (int step = 0; step < 25; ++step) history.step();
    history.merge();
    for (int i = 0; i < 200; ++i) {
      const List list(history, random_list(history));
      const SortOrder order = list.query.sort.order;
      const Bounds bounds = list.filter.bounds(order.key);
      std::vector<Row> expected;
      for (const Row row : list.snapshot->rows_in(order)) {
        if (bounds.contains(value_of(*list.snapshot, order.key, row))) expected.push_back(row);
      }
      const auto rows = list.ordering.rows();
      ASSERT_EQ(std::vector<Row>(rows.begin(), rows.end()), expected) << to_query_string(list.query);
    }
  }
}

// A film of the year that is asked for stands in the middle of the order: the walk begins there.
TEST(OrderedWalk, PassesOnlyRowsWithinTheBoundsOfItsOrder) {
  History history(7);
  for (int step = 0; step < 40; ++step) history.change(20);
  history.merge();
  ListQuery query;
  query.year = 2000;
  query.sort.order = {SortKey::kYear, true};
  const List list(history, query);
  const Window first{{}, false, 0, 1};
  ASSERT_LT(list.ordering.rows().size(), list.snapshot->segment->size() / 2);
  const std::uint64_t inactive_at_most = list.ordering.rows().size() - list.found.matches().rows.count();
  const auto page = OrderedWalk(list.found.matches(), list.ordering, first).page(inactive_at_most + 1);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->size(), 1U);
}

std::vector<Row> rows_of(const std::vector<FilmRef>& page) {
  std::vector<Row> rows;
  for (const FilmRef& film : page) rows.push_back(film.row);
  return rows;
}

TEST(OrderedWalk, IsGivenUpWhenTheStepsDoNotSuffice) {
  History history(8);
  for (int step = 0; step < 20; ++step) history.step();
  int given_up = 0;
  for (int i = 0; i < 200; ++i) {
    const List list(history, random_list(history));
    const Matches& matches = list.found.matches();
    const Window window{{}, history.random().chance(50), history.random().below(4), 3};
    if (window.skip >= matches.total()) continue;
    const std::size_t rows = list.ordering.rows().size();
    const auto whole = OrderedWalk(matches, list.ordering, window).page(2 * rows + 1);
    ASSERT_TRUE(whole);
    for (std::size_t steps = 0; steps <= rows; steps += 1 + rows / 7) {
      const auto page = OrderedWalk(matches, list.ordering, window).page(steps);
      if (!page) {
        ++given_up;
      } else {
        ASSERT_EQ(rows_of(*page), rows_of(*whole));
      }
    }
  }
  EXPECT_GT(given_up, 0);
}

}  // namespace
}  // namespace filmoteka::metadata
