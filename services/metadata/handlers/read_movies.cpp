#include <filmoteka/http/query.hpp>

#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/list_query.hpp>
#include <metadata/handlers/answers.hpp>
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

Result<ListQuery> read_list_query(const http::Request& request) {
  FILMOTEKA_TRY(const http::QueryParameters parameters, http::parse_query(request.query));
  return parse_list_query(parameters);
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

}  // namespace

Task<http::Response> list_movies_handler(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<ListQuery> query = read_list_query(request);
  if (query.has_error()) co_return problem(query.error(), request);
  const auto snapshot = catalogue.snapshot(co_await asio::this_coro::executor);
  ListResult result = list_movies(*snapshot, *query);
  const std::string links = link_header(request.path, page_links(*query, result));
  http::Response response = json_at(std::move(result.body), result.revision);
  if (!links.empty()) response.set_header("Link", links);
  co_return response;
}

Task<http::Response> get_movie_handler(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<MovieInput> input = read_movie_input(request);
  if (input.has_error()) co_return problem(input.error(), request);
  const auto snapshot = catalogue.snapshot(co_await asio::this_coro::executor);
  auto found = find_movie(*snapshot, input->id, input->include_inactive);
  if (!found) co_return problem(not_found("There is no film with this id."), request);
  http::Response response = http::json_response(200, std::move(found->body));
  response.set_header("ETag", "\"" + std::to_string(found->revision) + "\"");
  co_return response;
}

Task<http::Response> list_genres_handler(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<void> expected = expect_no_parameters(request.query);
  if (expected.has_error()) co_return problem(expected.error(), request);
  const auto snapshot = catalogue.snapshot(co_await asio::this_coro::executor);
  co_return json_at(genres_json(*snapshot), snapshot->revision);
}

}  // namespace filmoteka::metadata
