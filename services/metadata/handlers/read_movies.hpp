/// GET /movies, /movies/{id} and /genres: answered from memory, on the I/O thread.
#pragma once

#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>

namespace filmoteka::metadata {

Task<http::Response> list_movies_handler(LiveCatalogue& catalogue, const http::Request& request);
Task<http::Response> get_movie_handler(LiveCatalogue& catalogue, const http::Request& request);
Task<http::Response> list_genres_handler(LiveCatalogue& catalogue, const http::Request& request);

}  // namespace filmoteka::metadata
