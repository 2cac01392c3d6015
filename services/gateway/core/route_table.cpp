#include <gateway/core/route_table.hpp>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kMoviesParameters[] = {
    "q",           "genre",         "genre_not",  "year",          "year_from",   "year_to",
    "rating_from", "rating_to",     "views_from", "duration_from", "duration_to", "added_from",
    "added_to",    "age_rating_to", "source",     "has_image",     "sort",        "page",
    "per_page",    "fields",        "count",      "cursor",        "facets"};
constexpr std::string_view kFilmParameters[] = {"include"};
constexpr std::string_view kSimilarParameters[] = {"limit"};
constexpr std::string_view kSuggestParameters[] = {"q", "limit"};

/// Only these paths, and only these parameters, ever reach the metadata service. /home and `include` do not:
/// what they show is put together here.
// clang-format off
constexpr ApiRoute kApiRoutes[] = {
    {"/movies", kMoviesParameters},
    {"/movies/{id}", kFilmParameters},
    {"/movies/{id}/similar", kSimilarParameters},
    {"/suggest", kSuggestParameters},
    {"/genres"},
    {"/home"},
};
// clang-format on

}  // namespace

std::span<const ApiRoute> api_routes() {
  return kApiRoutes;
}

std::string public_pattern(const ApiRoute& route) {
  return key_of(route.path);
}

std::vector<RouteFacts> route_table() {
  using enum http::Method;
  std::vector<RouteFacts> table;
  for (const ApiRoute& route : kApiRoutes) {
    table.push_back({kGet, public_pattern(route), route.parameters, RouteQuota::kQuestion,
                     RouteLifetime::kFresh, &route});
  }
  table.push_back(
      {kPost, public_pattern(kViewsRoute), {}, RouteQuota::kViews, RouteLifetime::kNever, &kViewsRoute});
  table.push_back({kGet, public_pattern(kContractRoute)});
  for (const ApiRoute* health : {&kAliveRoute, &kReadyRoute}) {
    table.push_back({kGet, public_pattern(*health), {}, RouteQuota::kNone, RouteLifetime::kNever});
  }
  for (std::string page : {public_pattern(kDocsRoute), std::string(kDocsPath)}) {
    table.push_back({kGet, std::move(page), {}, RouteQuota::kReady, RouteLifetime::kPage});
  }
  table.push_back({kGet, std::string(kRobotsPath)});
  return table;
}

}  // namespace filmoteka::gateway
