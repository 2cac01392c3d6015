#include <filmoteka/api/movie_json.hpp>

#include <metadata/core/query/execute.hpp>
#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/edit_movies.hpp>
#include <metadata/handlers/if_match.hpp>
#include <metadata/handlers/parameters.hpp>
#include <metadata/handlers/write_through.hpp>

#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace filmoteka::metadata {
namespace {

constexpr std::int64_t kMaxReviews = 1'000;

Result<ReviewQuery> read_review_query(const http::Request& request) {
  constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();
  FILMOTEKA_TRY(Parameters parameters, Parameters::make(request.query));
  ReviewQuery query;
  query.after_movie = parameters.integer("after_movie", 0, kMostId, 0);
  query.after_other = parameters.integer("after_other", 0, kMostId, 0);
  query.limit = static_cast<std::size_t>(parameters.integer("limit", 1, kMaxReviews, kMaxReviews));
  FILMOTEKA_CHECK(parameters.finish());
  return query;
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  return response;
}

http::Response film_response(int status, domain::MovieId id, std::optional<FoundMovie> found,
                             const http::Request& request) {
  // Somebody deleted it between the write and this look; or a repetition of its creation comes later.
  if (!found) {
    return problem(
        not_found("Film " + std::to_string(id) + " was " + (status == 201 ? "created" : "changed") +
                  ", and is gone since: deleted, or merged with another."),
        request);
  }
  http::Response response = http::json_response(status, std::move(found->body));
  response.set_header("ETag", etag_of(*found));
  if (status == 201) response.set_header("Location", "/internal/v1/movies/" + std::to_string(id));
  return response;
}

std::string to_json(const std::vector<Review>& reviews, bool has_more) {
  std::string body = R"({"items":[)";
  for (const Review& review : reviews) {
    if (&review != &reviews.front()) body += ',';
    body += R"({"movie":)" + std::to_string(review.movie) + R"(,"other":)" + std::to_string(review.other);
    body += R"(,"reasons":)";
    api::append_string(body, review.reasons);
    body += '}';
  }
  body += "],\"next\":";
  if (!has_more) return body += "null}";
  body += R"({"after_movie":)" + std::to_string(reviews.back().movie) + R"(,"after_other":)";
  return body += std::to_string(reviews.back().other) + "}}";
}

}  // namespace

Task<http::Response> EditMovies::handle(Read read, const http::Request& request) {
  if (auto refused = refusal(catalogue_, request)) co_return std::move(*refused);
  const Result<Write> write = read(request, {clock_.now(), require_if_match_});
  if (write.has_error()) co_return problem(write.error(), request);
  auto writing = write_through(store_, catalogue_, *write, request.deadline);
  const Result<std::vector<RowOutcome>> outcomes = co_await std::move(writing);
  if (outcomes.has_error()) co_return problem(outcomes.error(), request);
  const bool has_film = !std::holds_alternative<DeleteMovie>(*write) &&
                        !std::holds_alternative<DismissReview>(*write) &&
                        !std::holds_alternative<ReopenReview>(*write);
  if (!has_film) co_return no_content();
  const auto snapshot = catalogue_.snapshot(co_await asio::this_coro::executor);
  const RowOutcome& outcome = outcomes->back();
  auto finding = full_films_.find(snapshot, outcome.id, true, request.deadline);
  Result<std::optional<FoundMovie>> found = co_await std::move(finding);
  if (found.has_error()) co_return problem(found.error(), request);
  co_return film_response(outcome.status == WriteStatus::kCreated ? 201 : 200, outcome.id,
                          std::move(found).value(), request);
}

Task<http::Response> EditMovies::list_reviews(const http::Request& request) {
  if (auto refused = refusal(catalogue_, request)) co_return std::move(*refused);
  const Result<ReviewQuery> query = read_review_query(request);
  if (query.has_error()) co_return problem(query.error(), request);
  ReviewQuery one_more = *query;
  ++one_more.limit;
  auto reading = store_.reviews(one_more);
  Result<std::vector<Review>> reviews = co_await std::move(reading);
  if (reviews.has_error()) co_return problem(reviews.error(), request);
  const bool has_more = reviews->size() > query->limit;
  if (has_more) reviews->pop_back();
  http::Response response = http::json_response(200, to_json(*reviews, has_more));
  response.set_header("Cache-Control", "no-store");
  co_return response;
}

}  // namespace filmoteka::metadata
