/// POST /movies, PUT, PATCH and DELETE /movies/{id}, DELETE /movies/{id}/edits, POST /movies/{id}/merge and
/// /split, the reviews: changes by hand, one film at a time. What each call takes: edit_input.hpp.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/http/message.hpp>

#include <metadata/core/full_films/full_films.hpp>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>
#include <metadata/handlers/edit_input.hpp>

namespace filmoteka::metadata {

class EditMovies {
 public:
  /// `require_if_match`: changes of a film that exists are refused with 428 unless they carry If-Match.
  EditMovies(MovieStore& store, LiveCatalogue& catalogue, FullFilms& full_films, const Clock& clock,
             bool require_if_match)
      : store_(store),
        catalogue_(catalogue),
        full_films_(full_films),
        clock_(clock),
        require_if_match_(require_if_match) {}

  using Read = Result<Write> (*)(const http::Request& request, const EditRules& rules);
  /// 201 with Location for a film that is new, 200 with the film for one that was changed (both with its
  /// ETag), 204 when there is nothing to show; 404, 409, 412 as MovieStore::write says.
  Task<http::Response> handle(Read read, const http::Request& request);

  /// GET /reviews.
  Task<http::Response> list_reviews(const http::Request& request);

 private:
  MovieStore& store_;
  LiveCatalogue& catalogue_;
  FullFilms& full_films_;
  const Clock& clock_;
  bool require_if_match_;
};

}  // namespace filmoteka::metadata
