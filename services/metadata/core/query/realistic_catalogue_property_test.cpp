/// A catalogue with the many values of a real one, loaded as at a start, and a delta of changed films: here
/// facets are counted in every way, pages lie many blocks deep, and postings are bitmaps as well as lists.
#include <filmoteka/domain/genres.hpp>
#include <filmoteka/http/query.hpp>

#include <gtest/gtest.h>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/facet_counts.hpp>
#include <metadata/core/query/found_films.hpp>
#include <metadata/core/testing/expected_page.hpp>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/film_vocabulary.hpp>
#include <metadata/core/testing/oracle.hpp>
#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::metadata {
namespace {

using testing::Oracle;
using testing::Random;

constexpr std::uint64_t kSeed = 11;
constexpr domain::MovieId kLoaded = 14'000;
constexpr int kChanges = 2'500;
constexpr FacetSet kAllFacets = (1U << kFacets) - 1;
const CursorKey kKey{"0123456789abcdef0123456789abcdef"};

class RealisticCatalogue : public ::testing::Test {
 protected:
  // Takes a second: made once for all tests, which only read it.
  static void SetUpTestSuite() {
    world_ = std::make_unique<World>();
    const testing::FilmGenerator films(kSeed);
    SegmentBuilder builder;
    for (domain::MovieId id = 1; id <= kLoaded; ++id) {
      const domain::Movie film = films.film(id);
      builder.add(film);
      world_->oracle.apply({id, film.revision, film});
    }
    world_->catalogue.load(std::move(builder), kLoaded);
    std::vector<Change> changes;
    Random random(kSeed);
    for (domain::Revision revision = kLoaded + 1; revision <= kLoaded + kChanges; ++revision) {
      Change change{random.between(1, kLoaded + kLoaded / 10), revision, {}};
      if (!random.chance(15)) change.movie = films.film(change.id, revision);
      world_->oracle.apply(change);
      changes.push_back(std::move(change));
    }
    world_->catalogue.apply(changes);
    world_->snapshot = world_->catalogue.snapshot();
  }
  static void TearDownTestSuite() { world_.reset(); }

  static const Oracle& oracle() { return world_->oracle; }
  static const Snapshot& snapshot() { return *world_->snapshot; }

 private:
  struct World {
    Catalogue catalogue;
    std::shared_ptr<const Snapshot> snapshot;
    Oracle oracle;
  };
  static inline std::unique_ptr<World> world_;
};

// What the URL says, so that it can be asked by cursor too.
ListQuery parsed(const ListQuery& query) {
  return parse_list_query(http::parse_query(to_query_string(query)).value(), kKey).value();
}

Range<std::int32_t> years_around(Random& random) {
  const std::int32_t a = testing::pick_year(random);
  const std::int32_t b = testing::pick_year(random);
  return {std::min(a, b), random.chance(80) ? std::optional(std::max(a, b)) : std::nullopt};
}

// From all films to none of them.
ListQuery random_query(Random& random) {
  ListQuery query;
  if (random.chance(40)) {
    for (std::size_t left = 1 + random.below(3); left > 0; --left) {
      query.genres.emplace_back(testing::genres().pick(random));
    }
  }
  if (random.chance(15)) query.genres_not.emplace_back(testing::genres().pick(random));
  if (random.chance(40)) query.years = years_around(random);
  if (random.chance(40)) query.rating.from = testing::ratings().pick(random);
  if (random.chance(15)) query.duration.to = testing::feature_seconds().pick(random);
  if (random.chance(15)) query.views_from = std::int64_t{1} << random.below(20);
  if (random.chance(15)) query.age_rating_to = random.chance(50) ? 12 : 16;
  if (random.chance(10)) query.source = std::string(testing::sources().pick(random));
  if (random.chance(10)) query.has_image = random.chance(70);
  if (random.chance(15)) query.include_inactive = true;
  query.sort.order = {static_cast<SortKey>(random.below(kSortKeys)), random.chance(50)};
  query.per_page = static_cast<std::uint32_t>(1 + random.below(kMaxPerPage));
  query.fields = 1;
  return parsed(query);
}

// Any of the pages that there are, or one behind.
void move_to_some_page(Random& random, ListQuery& query, std::size_t total) {
  query.page = static_cast<std::uint32_t>(1 + random.below(total / query.per_page + 2));
}

TEST_F(RealisticCatalogue, PagesOfAnyDepthAreTheOracles) {
  Random random(1);
  for (int i = 0; i < 120; ++i) {
    ListQuery query = random_query(random);
    if (i % 6 == 0) query.fields = 0;
    const auto all = oracle().all(testing::as_searched(snapshot(), query));
    for (int page = 0; page < 3; ++page) {
      move_to_some_page(random, query, all.size());
      Oracle::Page expected{{}, all.size()};
      const std::size_t first = std::min(all.size(), (query.page - std::size_t{1}) * query.per_page);
      expected.ids.assign(
          all.begin() + static_cast<std::ptrdiff_t>(first),
          all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), first + query.per_page)));
      const ListResult result = list_movies(snapshot(), query, kKey);
      ASSERT_EQ(testing::without_cursors(result.body),
                testing::expected_page(oracle(), testing::as_searched(snapshot(), query), expected))
          << "?" << to_query_string(query);
    }
  }
}

TEST_F(RealisticCatalogue, PagesByCursorWithAllFacetsAreTheOracles) {
  Random random(2);
  for (int i = 0; i < 12; ++i) {
    ListQuery query = random_query(random);
    query.facets = kAllFacets;
    const auto total = oracle().all(testing::as_searched(snapshot(), query)).size();
    move_to_some_page(random, query, total);
    const ListResult before = list_movies(snapshot(), query, kKey);
    if (!before.next_cursor) continue;
    Oracle::Page expected = oracle().list([&] {
      ListQuery next = testing::as_searched(snapshot(), query);
      ++next.page;
      return next;
    }());
    query.page = 1;
    query.cursor.emplace().text = *before.next_cursor;
    query = parsed(query);
    ASSERT_EQ(testing::without_cursors(list_movies(snapshot(), query, kKey).body),
              testing::expected_page(oracle(), testing::as_searched(snapshot(), query), expected))
        << "?" << to_query_string(query);
  }
}

// The counts of a facet by shown value, as the oracle has them, for genres by folded form.
std::map<std::string, std::size_t> counts_of(Facet facet, const FacetFilms& films, CountBy way) {
  std::map<std::string, std::size_t> counts;
  if (facet == Facet::kGenre || facet == Facet::kSource) {
    const auto found = facet == Facet::kGenre ? count_genres(films, way) : count_sources(films, way);
    for (const auto& [value, count] : found) counts[std::string(value)] = count;
  } else {
    const std::int32_t unit = facet == Facet::kDuration ? 1'800 : 1;
    for (const auto& [value, count] : count_numbers(facet, films, way)) {
      counts[std::to_string(value * unit)] = count;
    }
  }
  return counts;
}

std::map<std::string, std::size_t> expected_counts(const Oracle& oracle, Facet facet,
                                                   const ListQuery& query) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [value, count] : oracle.facet(facet, query)) {
    counts[facet == Facet::kGenre ? domain::genre_key(value) : value] = count;
  }
  // A film without a source is not counted.
  counts.erase("");
  return counts;
}

TEST_F(RealisticCatalogue, EveryWayOfCountingIsTheOracles) {
  constexpr Facet kCounted[] = {Facet::kGenre,    Facet::kYear,   Facet::kRating,
                                Facet::kDuration, Facet::kSource, Facet::kAgeRating};
  Random random(3);
  for (int i = 0; i < 16; ++i) {
    ListQuery query = i == 0 ? ListQuery() : random_query(random);
    query.facets = kAllFacets;
    std::optional<TextMatches> text;
    if (!query.q.empty()) text.emplace(snapshot(), query.q);
    const Filter filter(query, text ? &*text : nullptr);
    const FoundFilms found(snapshot(), filter, query);
    for (const Facet facet : kCounted) {
      const auto expected = expected_counts(oracle(), facet, testing::as_searched(snapshot(), query));
      const FacetFilms films = found.without(dimension_of(facet));
      for (const CountBy way : {CountBy::kRows, CountBy::kMissing, CountBy::kPostings}) {
        ASSERT_EQ(counts_of(facet, films, way), expected)
            << kFacetNames[static_cast<std::size_t>(facet)] << ", way " << static_cast<int>(way) << ", ?"
            << to_query_string(query);
      }
    }
  }
}

}  // namespace
}  // namespace filmoteka::metadata
