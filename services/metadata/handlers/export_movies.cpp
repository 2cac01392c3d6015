#include <filmoteka/api/stored_movie_json.hpp>

#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/export_movies.hpp>
#include <metadata/handlers/parameters.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

Task<Result<std::string>> next_piece(std::shared_ptr<FilmReader> reader) {
  auto reading = reader->next();
  FILMOTEKA_CO_TRY(const std::vector<domain::Movie> movies, co_await std::move(reading));
  std::string piece;
  for (const domain::Movie& movie : movies) {
    api::append_stored_movie(piece, movie);
    piece += '\n';
  }
  co_return piece;
}

}  // namespace

Task<http::Response> ExportMovies::handle(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<void> expected = expect_no_parameters(request.query);
  if (expected.has_error()) co_return problem(expected.error(), request);
  auto opening = store_.read_all();
  Result<std::unique_ptr<FilmReader>> opened = co_await std::move(opening);
  if (opened.has_error()) co_return problem(opened.error(), request);
  const std::shared_ptr<FilmReader> reader = std::move(*opened);
  http::Response response;
  response.set_header("Content-Type", "application/x-ndjson");
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Catalogue-Revision", std::to_string(reader->revision()));
  response.stream = [reader] {
    return next_piece(reader);
  };
  co_return response;
}

}  // namespace filmoteka::metadata
