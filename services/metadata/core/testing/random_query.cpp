#include <metadata/core/testing/random_query.hpp>

#include <algorithm>
#include <chrono>
#include <string_view>

namespace filmoteka::metadata::testing {
namespace {

constexpr std::string_view kGenres[] = {"драма", "SCI-FI", "чёрная комедия", "черная Комедия",
                                        "***",   "18+",    "семейный",       "нет такого"};
constexpr std::string_view kSearches[] = {"ел",     "ёлки", "Елки 2", "брат",    "брат брат",
                                          "2 брат", "Б",    "cafe",   "the",     "CAFÉ",
                                          "!!!",    "1 1",  "дом с",  "мотоцикл"};
constexpr std::string_view kSources[] = {"rutube-films", "starter", "nowhere"};
constexpr std::int32_t kAges[] = {0, 6, 12, 16, 18};

template <class T>
Range<T> random_range(Random& random, std::int64_t low, std::int64_t high) {
  const auto a = static_cast<T>(random.between(low, high));
  const auto b = static_cast<T>(random.between(low, high));
  Range<T> range;
  if (random.chance(60)) range.from = std::min(a, b);
  if (random.chance(60)) range.to = std::max(a, b);
  return range;
}

std::vector<std::string> random_genres(Random& random) {
  std::vector<std::string> genres;
  for (std::size_t left = 1 + random.below(3); left > 0; --left) genres.emplace_back(random.pick(kGenres));
  return genres;
}

void add_filters(Random& random, ListQuery& query) {
  if (random.chance(25)) query.genres = random_genres(random);
  if (random.chance(15)) query.genres_not = random_genres(random);
  if (random.chance(10)) query.year = static_cast<std::int32_t>(random.between(1998, 2003));
  if (random.chance(20)) query.years = random_range<std::int32_t>(random, 1997, 2004);
  if (random.chance(20)) query.rating = random_range<domain::RatingTenths>(random, 0, 100);
  if (random.chance(15)) query.views_from = random.between(0, 7);
  if (random.chance(15)) query.duration = random_range<std::int32_t>(random, 0, 5);
  if (random.chance(15)) {
    const auto days = random_range<std::int64_t>(random, 0, 5);
    const auto time = [](std::int64_t day) {
      return Timestamp{std::chrono::milliseconds{1'000'000'000'000}} + std::chrono::days{day};
    };
    if (days.from) query.added.from = time(*days.from);
    if (days.to) query.added.to = time(*days.to);
  }
  if (random.chance(15)) query.age_rating_to = random.pick(kAges);
  if (random.chance(10)) query.source = random.pick(kSources);
  if (random.chance(15)) query.has_image = random.chance(50);
  query.include_inactive = random.chance(30);
}

}  // namespace

ListQuery random_query(Random& random) {
  ListQuery query;
  add_filters(random, query);
  if (random.chance(30)) query.q = random.pick(kSearches);
  query.sort.order = {static_cast<SortKey>(random.below(kSortKeys)), random.chance(50)};
  if (!query.q.empty() && random.chance(60)) query.sort = {true, {}};
  query.page = static_cast<std::uint32_t>(1 + random.skewed(6));
  query.per_page = static_cast<std::uint32_t>(1 + random.skewed(kMaxPerPage));
  if (random.chance(20)) query.fields = static_cast<std::uint32_t>(random.below(1U << 20));
  query.count = !random.chance(10);
  if (random.chance(50)) query.facets = static_cast<FacetSet>(random.below(1U << kFacets));
  return query;
}

}  // namespace filmoteka::metadata::testing
