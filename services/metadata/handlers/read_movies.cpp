#include <filmoteka/http/query.hpp>

#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/list_query.hpp>
#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/if_match.hpp>
#include <metadata/handlers/parameters.hpp>
#include <metadata/handlers/read_movies.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

/// RFC 8288, with the path that was asked for.
std::string link_header(std::string_view path, const std::vector<PageLink>& links) {
  std::string value;
  for (const PageLink& link : links) {
    if (!value.empty()) value += ", ";
    value += '<';
    value += path;
    if (!link.query.empty()) (value += '?') += link.query;
    ((value += ">; rel=\"") += link.relation) += '"';
  }
  return value;
}

Result<ListQuery> read_list_query(const http::Request& request, const CursorKey& key) {
  FILMOTEKA_TRY(const http::QueryParameters parameters, http::parse_query(request.query));
  return parse_list_query(parameters, key);
}

struct MovieInput {
  domain::MovieId id = 0;
  bool include_inactive = false;
};

Result<MovieInput> read_movie_input(const http::Request& request) {
  FILMOTEKA_TRY(const domain::MovieId id, parse_id(request.path_values.front()));
  FILMOTEKA_TRY(Parameters parameters, Parameters::make(request.query));
  const bool include_inactive = parameters.flag("include_inactive", false);
  FILMOTEKA_CHECK(parameters.finish());
  return MovieInput{id, include_inactive};
}

struct SimilarInput {
  domain::MovieId id = 0;
  std::size_t limit = 0;
  bool include_inactive = false;
};

Result<SimilarInput> read_similar_input(const http::Request& request) {
  constexpr std::int64_t kUsual = 12;
  FILMOTEKA_TRY(const domain::MovieId id, parse_id(request.path_values.front()));
  FILMOTEKA_TRY(Parameters parameters, Parameters::make(request.query));
  const auto limit = parameters.integer("limit", 1, kMaxPerPage, kUsual);
  const bool include_inactive = parameters.flag("include_inactive", false);
  FILMOTEKA_CHECK(parameters.finish());
  return SimilarInput{id, static_cast<std::size_t>(limit), include_inactive};
}

Result<SuggestQuery> read_suggest_query(const http::Request& request) {
  constexpr std::int64_t kMost = 20;
  constexpr std::int64_t kUsual = 8;
  FILMOTEKA_TRY(Parameters parameters, Parameters::make(request.query));
  SuggestQuery query;
  query.q = parameters.text("q", kMaxQueryLength);
  query.limit = static_cast<std::size_t>(parameters.integer("limit", 1, kMost, kUsual));
  query.include_inactive = parameters.flag("include_inactive", false);
  FILMOTEKA_CHECK(parameters.finish());
  return query;
}

/// Whether inactive films count too.
Result<bool> read_genres_input(const http::Request& request) {
  FILMOTEKA_TRY(Parameters parameters, Parameters::make(request.query));
  const bool include_inactive = parameters.flag("include_inactive", false);
  FILMOTEKA_CHECK(parameters.finish());
  return include_inactive;
}

Error no_such_film() {
  return not_found("There is no film with this id.");
}

}  // namespace

Task<http::Response> ReadMovies::list(const http::Request& request) {
  if (auto refused = refusal(catalogue_, request)) co_return std::move(*refused);
  const Result<ListQuery> query = read_list_query(request, cursor_key_);
  if (query.has_error()) co_return problem(query.error(), request);
  const auto snapshot = catalogue_.snapshot(co_await asio::this_coro::executor);
  std::string etag = etag_with_views(*snapshot);
  ListResult result = list_movies(*snapshot, *query, cursor_key_);
  const std::string links = link_header(request.path, page_links(*query, result));
  http::Response response = json_with(std::move(result.body), std::move(etag));
  if (!links.empty()) response.set_header("Link", links);
  co_return depending_on_all(std::move(response), *snapshot);
}

Task<http::Response> ReadMovies::get(const http::Request& request) {
  if (auto refused = refusal(catalogue_, request)) co_return std::move(*refused);
  const Result<MovieInput> input = read_movie_input(request);
  if (input.has_error()) co_return problem(input.error(), request);
  const auto snapshot = catalogue_.snapshot(co_await asio::this_coro::executor);
  auto finding = full_films_.find(snapshot, input->id, input->include_inactive, request.deadline);
  Result<std::optional<FoundMovie>> found = co_await std::move(finding);
  if (found.has_error()) co_return problem(found.error(), request);
  if (!found->has_value()) co_return depending_on(problem(no_such_film(), request), *snapshot, input->id);
  http::Response response = json_with(std::move(found.value()->body), etag_of(*found.value()));
  co_return depending_on(std::move(response), *snapshot, input->id);
}

Task<http::Response> ReadMovies::similar(const http::Request& request) {
  if (auto refused = refusal(catalogue_, request)) co_return std::move(*refused);
  const Result<SimilarInput> input = read_similar_input(request);
  if (input.has_error()) co_return problem(input.error(), request);
  const auto snapshot = catalogue_.snapshot(co_await asio::this_coro::executor);
  std::string etag = etag_with_views(*snapshot);
  auto body = similar_movies(*snapshot, input->id, input->limit, input->include_inactive);
  if (!body) co_return depending_on(problem(no_such_film(), request), *snapshot, input->id);
  co_return depending_on_all(json_with(std::move(*body), std::move(etag)), *snapshot);
}

Task<http::Response> ReadMovies::suggest(const http::Request& request) {
  if (auto refused = refusal(catalogue_, request)) co_return std::move(*refused);
  const Result<SuggestQuery> query = read_suggest_query(request);
  if (query.has_error()) co_return problem(query.error(), request);
  const auto snapshot = catalogue_.snapshot(co_await asio::this_coro::executor);
  std::string etag = etag_with_views(*snapshot);
  co_return depending_on_all(json_with(suggest_movies(*snapshot, *query), std::move(etag)), *snapshot);
}

Task<http::Response> ReadMovies::genres(const http::Request& request) {
  if (auto refused = refusal(catalogue_, request)) co_return std::move(*refused);
  const Result<bool> include_inactive = read_genres_input(request);
  if (include_inactive.has_error()) co_return problem(include_inactive.error(), request);
  const auto snapshot = catalogue_.snapshot(co_await asio::this_coro::executor);
  std::string body = *include_inactive ? all_genres_json(*snapshot) : genres_json(*snapshot);
  co_return depending_on_all(json_with(std::move(body), etag_of(*snapshot)), *snapshot);
}

}  // namespace filmoteka::metadata
