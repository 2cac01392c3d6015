/// GET /export: all films, inactive ones included, as NDJSON, at one revision however long it takes, with all
/// that is stored of them: what a restore needs to bring back the same catalogue.
#pragma once

#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

namespace filmoteka::metadata {

class ExportMovies {
 public:
  explicit ExportMovies(MovieStore& store) : store_(store) {}

  Task<http::Response> handle(LiveCatalogue& catalogue, const http::Request& request);

 private:
  MovieStore& store_;
};

}  // namespace filmoteka::metadata
