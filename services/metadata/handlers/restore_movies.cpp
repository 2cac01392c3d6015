#include <filmoteka/api/batch.hpp>
#include <filmoteka/api/stored_movie_json.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/validation.hpp>

#include <boost/json/parse.hpp>
#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/batch_answers.hpp>
#include <metadata/handlers/parameters.hpp>
#include <metadata/handlers/restore_movies.hpp>
#include <metadata/handlers/write_through.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

Result<domain::Movie> read_line(std::string_view line, Timestamp now) {
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(line, error);
  if (error) return invalid_argument("It is not JSON: " + error.message() + ".");
  FILMOTEKA_TRY(domain::Movie movie, api::stored_movie_from_json(value));
  FILMOTEKA_CHECK(domain::validate(movie.facts, now));
  for (const domain::MovieFacts& record : movie.records) FILMOTEKA_CHECK(domain::validate(record, now));
  return movie;
}

Result<std::vector<domain::Movie>> read_lines(std::string_view body, Timestamp now) {
  std::vector<domain::Movie> movies;
  std::size_t number = 0;
  for (const std::string_view line : split(body, '\n')) {
    ++number;
    if (trim(line).empty()) continue;
    if (movies.size() == api::kMaxBatchRows) {
      return Error{ErrorCode::kPayloadTooLarge,
                   "A batch has at most " + std::to_string(api::kMaxBatchRows) + " films.",
                   {},
                   {}};
    }
    Result<domain::Movie> movie = read_line(line, now);
    if (movie.has_error()) {
      Error error = movie.error();
      error.message = "Line " + std::to_string(number) + ": " + error.message;
      return error;
    }
    movies.push_back(std::move(*movie));
  }
  return movies;
}

}  // namespace

Task<http::Response> RestoreBatch::handle(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<void> expected = expect_no_parameters(request.query);
  if (expected.has_error()) co_return problem(expected.error(), request);
  auto parse = [body = request.body, now = clock_.now()] {
    return read_lines(body, now);
  };
  auto parsing = pool_.run(std::move(parse));
  const Result<std::vector<domain::Movie>> movies = co_await std::move(parsing);
  if (movies.has_error()) co_return problem(movies.error(), request);
  const Write write = RestoreMovies{*movies, {}};
  auto writing = write_through(store_, catalogue, write, request.deadline);
  const Result<std::vector<RowOutcome>> outcomes = co_await std::move(writing);
  if (outcomes.has_error()) co_return problem(outcomes.error(), request);
  std::vector<api::RowResult> results;
  for (const RowOutcome& outcome : *outcomes) results.push_back(to_row_result(outcome));
  co_return http::json_response(200, api::batch_result_json(results));
}

}  // namespace filmoteka::metadata
