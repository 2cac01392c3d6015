/// All calls of the metadata service.
#pragma once

#include <filmoteka/http/router.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/handlers/list_changes.hpp>
#include <metadata/handlers/upsert_movies.hpp>

namespace filmoteka::metadata {

/// What the routes lead to; outlives the router.
struct RouteTargets {
  LiveCatalogue& catalogue;
  UpsertMovies& upsert_movies;
  ListChanges& list_changes;
};

void add_routes(http::Router& router, RouteTargets targets);

}  // namespace filmoteka::metadata
