#include <gateway/core/answer/headers.hpp>
#include <gateway/core/answer/problems.hpp>
#include <gateway/core/route_table.hpp>
#include <gateway/handlers/api.hpp>
#include <gateway/handlers/question.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

constexpr int kAccepted = 202;

}  // namespace

Task<http::Response> ApiHandler::answer(const ApiRoute& route, const http::Request& request) const {
  Result<std::string> target = normal_target(route, request);
  if (target.has_error()) co_return api_problem(target.error(), request.request_id);
  HttpCache::Question question = api_question(std::move(*target), request);
  std::string key = question.key;
  auto asking = cache_.answer(std::move(question));
  Result<HttpCache::Served> served = co_await std::move(asking);
  if (served.has_error()) co_return api_problem(served.error(), request.request_id);

  const StoredAnswer& answer = *served->entry->answer();
  if (!answer.content.variants) {
    http::Response problem = passed_on_problem(answer, request.request_id);
    problem.set_header("Cache-Status", to_string(served->status));
    problem.source = source_of(*served);
    co_return problem;
  }
  // Next time this spelling is found without being parsed.
  if (served->status.forward == Forward::kNone && request.target != key) {
    cache_.store(request.target, served->entry);
  }
  auto response = answers_.respond(std::move(*served), std::move(key), request);
  co_return co_await std::move(response);
}

Task<http::Response> ApiHandler::count_view(const http::Request& request) const {
  Result<std::string> target = normal_target(kViewsRoute, request);
  if (target.has_error()) co_return api_problem(target.error(), request.request_id);
  HttpCache::Question question = api_question(std::move(*target), request);
  question.request.method = http::Method::kPost;
  auto asking = cache_.answer(std::move(question));
  const Result<HttpCache::Served> served = co_await std::move(asking);
  if (served.has_error()) co_return api_problem(served.error(), request.request_id);
  const StoredAnswer& answer = *served->entry->answer();
  http::Response response;
  response.status = kAccepted;
  response = answer.status == kAccepted ? with_api_headers(std::move(response))
                                        : passed_on_problem(answer, request.request_id);
  response.source = source_of(*served);
  co_return response;
}

}  // namespace filmoteka::gateway
