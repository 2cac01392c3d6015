#include <metadata/handlers/count_view.hpp>
#include <metadata/handlers/list_ids.hpp>
#include <metadata/routes.hpp>

namespace filmoteka::metadata {
namespace {

template <class Call>
http::Handler calling(LiveCatalogue& catalogue, Call& call) {
  return [&catalogue, &call](const http::Request& request) {
    return call.handle(catalogue, request);
  };
}

http::Handler reading(ReadMovies& movies, Task<http::Response> (ReadMovies::*call)(const http::Request&)) {
  return [&movies, call](const http::Request& request) {
    return (movies.*call)(request);
  };
}

http::Handler editing(EditMovies& edits, EditMovies::Read read) {
  return [&edits, read](const http::Request& request) {
    return edits.handle(read, request);
  };
}

}  // namespace

void add_routes(http::Router& router, RouteTargets to) {
  using http::Method;
  const auto count_view = [&catalogue = to.catalogue, &views = to.views](const http::Request& request) {
    return count_view_handler(catalogue, views, request);
  };
  const auto list_reviews = [&edits = to.edit_movies](const http::Request& request) {
    return edits.list_reviews(request);
  };
  const auto ids = [&catalogue = to.catalogue](const http::Request& request) {
    return list_ids(catalogue, request);
  };
  router.add(Method::kGet, "/internal/v1/movies", reading(to.read_movies, &ReadMovies::list));
  router.add(Method::kPost, "/internal/v1/movies", editing(to.edit_movies, read_create));
  router.add(Method::kPost, "/internal/v1/movies:batch", calling(to.catalogue, to.upsert_batch));
  router.add(Method::kPost, "/internal/v1/movies:restore", calling(to.catalogue, to.restore_batch));
  router.add(Method::kGet, "/internal/v1/movies/{id}", reading(to.read_movies, &ReadMovies::get));
  router.add(Method::kPut, "/internal/v1/movies/{id}", editing(to.edit_movies, read_replace));
  router.add(Method::kPatch, "/internal/v1/movies/{id}", editing(to.edit_movies, read_patch));
  router.add(Method::kDelete, "/internal/v1/movies/{id}", editing(to.edit_movies, read_delete));
  router.add(Method::kDelete, "/internal/v1/movies/{id}/edits", editing(to.edit_movies, read_undo));
  router.add(Method::kDelete, "/internal/v1/movies/{id}/edits/{field}", editing(to.edit_movies, read_undo));
  router.add(Method::kGet, "/internal/v1/movies/{id}/similar", reading(to.read_movies, &ReadMovies::similar));
  router.add(Method::kPost, "/internal/v1/movies/{id}/views", count_view);
  router.add(Method::kPost, "/internal/v1/movies/{id}/merge", editing(to.edit_movies, read_merge));
  router.add(Method::kPost, "/internal/v1/movies/{id}/split", editing(to.edit_movies, read_split));
  router.add(Method::kGet, "/internal/v1/reviews", list_reviews);
  router.add(Method::kPost, "/internal/v1/reviews:dismiss", editing(to.edit_movies, read_dismiss));
  router.add(Method::kPost, "/internal/v1/reviews:reopen", editing(to.edit_movies, read_reopen));
  router.add(Method::kGet, "/internal/v1/suggest", reading(to.read_movies, &ReadMovies::suggest));
  router.add(Method::kGet, "/internal/v1/genres", reading(to.read_movies, &ReadMovies::genres));
  router.add(Method::kGet, "/internal/v1/ids", ids);
  router.add(Method::kGet, "/internal/v1/changes", calling(to.catalogue, to.list_changes));
  router.add(Method::kGet, "/internal/v1/export", calling(to.catalogue, to.export_movies));
}

}  // namespace filmoteka::metadata
