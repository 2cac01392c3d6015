#include <metadata/handlers/export_movies.hpp>
#include <metadata/handlers/read_movies.hpp>
#include <metadata/routes.hpp>

namespace filmoteka::metadata {
namespace {

/// A handler that is a function of the catalogue.
http::Handler reading(LiveCatalogue& catalogue,
                      Task<http::Response> (*handler)(LiveCatalogue&, const http::Request&)) {
  return [&catalogue, handler](const http::Request& request) {
    return handler(catalogue, request);
  };
}

/// A handler that is an object.
template <class Call>
http::Handler calling(LiveCatalogue& catalogue, Call& call) {
  return [&catalogue, &call](const http::Request& request) {
    return call.handle(catalogue, request);
  };
}

}  // namespace

void add_routes(http::Router& router, RouteTargets to) {
  using http::Method;
  router.add(Method::kGet, "/internal/v1/movies", reading(to.catalogue, list_movies_handler));
  router.add(Method::kGet, "/internal/v1/movies/{id}", reading(to.catalogue, get_movie_handler));
  router.add(Method::kPost, "/internal/v1/movies:batch", calling(to.catalogue, to.upsert_movies));
  router.add(Method::kGet, "/internal/v1/genres", reading(to.catalogue, list_genres_handler));
  router.add(Method::kGet, "/internal/v1/changes", calling(to.catalogue, to.list_changes));
  router.add(Method::kGet, "/internal/v1/export", reading(to.catalogue, export_movies_handler));
}

}  // namespace filmoteka::metadata
