/// GET /movies, /movies/{id}, /movies/{id}/similar, /suggest and /genres: answered from memory, on the I/O
/// thread; a full film from where it is kept.
#pragma once

#include <filmoteka/http/message.hpp>

#include <metadata/core/full_films/full_films.hpp>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/query/list_query.hpp>

#include <utility>

namespace filmoteka::metadata {

class ReadMovies {
 public:
  /// `cursor_key`: what cursors are signed with, the same in all replicas.
  ReadMovies(LiveCatalogue& catalogue, FullFilms& full_films, CursorKey cursor_key)
      : catalogue_(catalogue), full_films_(full_films), cursor_key_(std::move(cursor_key)) {}

  Task<http::Response> list(const http::Request& request);
  Task<http::Response> get(const http::Request& request);
  Task<http::Response> similar(const http::Request& request);
  Task<http::Response> suggest(const http::Request& request);
  Task<http::Response> genres(const http::Request& request);

 private:
  LiveCatalogue& catalogue_;
  FullFilms& full_films_;
  CursorKey cursor_key_;
};

}  // namespace filmoteka::metadata
