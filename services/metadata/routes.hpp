/// All calls of the metadata service.
#pragma once

#include <filmoteka/http/router.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/live/view_counter.hpp>
#include <metadata/core/query/list_query.hpp>
#include <metadata/handlers/edit_movies.hpp>
#include <metadata/handlers/export_movies.hpp>
#include <metadata/handlers/list_changes.hpp>
#include <metadata/handlers/read_movies.hpp>
#include <metadata/handlers/restore_movies.hpp>
#include <metadata/handlers/upsert_movies.hpp>

namespace filmoteka::metadata {

/// What the routes lead to; outlives the router.
struct RouteTargets {
  LiveCatalogue& catalogue;
  ReadMovies& read_movies;
  UpsertBatch& upsert_batch;
  RestoreBatch& restore_batch;
  EditMovies& edit_movies;
  ViewCounter& views;
  ListChanges& list_changes;
  ExportMovies& export_movies;
};

void add_routes(http::Router& router, RouteTargets targets);

}  // namespace filmoteka::metadata
