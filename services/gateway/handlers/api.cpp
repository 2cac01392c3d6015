#include <filmoteka/telemetry/trace_context.hpp>

#include <gateway/core/answer/headers.hpp>
#include <gateway/core/answer/problems.hpp>
#include <gateway/core/request/forwarding.hpp>
#include <gateway/core/route_table.hpp>
#include <gateway/handlers/api.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// Fit for answers that are used for seconds: see http::compress.
constexpr int kGzipLevel = 5;
constexpr int kBrotliLevel = 4;
constexpr int kAccepted = 202;

http::Response response_of(Variants::Ready ready, const StoredAnswer& answer, const CacheStatus& status,
                           SteadyTime now) {
  http::Response response;
  response.status = ready->status;
  response.ready = std::move(ready);
  response.headers.reserve(2);
  response.headers.emplace_back("Age", std::to_string(answer.age(now).count()));
  response.headers.emplace_back("Cache-Status", to_string(status));
  response.source.cache = to_string(result_of(status));
  return response;
}

http::AnswerSource source_of(const HttpCache::Served& served) {
  return {to_string(result_of(served.status)), served.upstream};
}

/// The client's trace with what others have written about it, or one that begins here: all calls that are
/// made for the request belong to it.
void add_trace(const http::Request& request, http::Headers& headers) {
  // W3C Trace Context, 3.3.1.5: so much has to be passed on.
  constexpr std::size_t kLongestState = 512;
  if (request.traceparent.empty()) {
    headers.emplace_back("traceparent", telemetry::traceparent_of_call(telemetry::new_trace()));
    return;
  }
  headers.emplace_back("traceparent", request.traceparent);
  const auto state = Fields(request.headers).combined("tracestate");
  if (state && !state->empty() && state->size() <= kLongestState) headers.emplace_back("tracestate", *state);
}

/// Built from parsed parts. Of the client's headers only its identity for the logs goes on, and credentials
/// mean nothing here.
HttpCache::Question question_of(std::string target, const http::Request& request) {
  HttpCache::Question question;
  question.key = key_of(target);
  question.directives = request_directives(request.headers);
  question.request.target = std::move(target);
  question.request.headers.emplace_back("X-Request-Id", request.request_id);
  add_trace(request, question.request.headers);
  question.request.deadline = request.deadline;
  return question;
}

}  // namespace

std::optional<http::Response> ApiHandler::hit(const http::Request& request) const {
  if (!wants_what_is_there(request)) return std::nullopt;
  const SteadyTime now = clock_.steady_now();
  const auto entry = cache_.fresh(request.target, request.headers, now);
  if (!entry || !entry->answer()->content.variants) return std::nullopt;
  Choice choice = choose(*entry->answer()->content.variants, request);
  if (choice.missing) return std::nullopt;
  cache_.count_hit();
  CacheStatus status;
  status.time_to_live = entry->answer()->time_to_live(now);
  return response_of(std::move(choice.response), *entry->answer(), status, now);
}

Task<http::Response> ApiHandler::answer(const ApiRoute& route, const http::Request& request) const {
  Result<std::string> target = normal_target(route, request);
  if (target.has_error()) co_return api_problem(target.error(), request.request_id);
  HttpCache::Question question = question_of(std::move(*target), request);
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
  auto response = respond(std::move(*served), std::move(key), request);
  co_return co_await std::move(response);
}

Task<http::Response> ApiHandler::count_view(const http::Request& request) const {
  Result<std::string> target = normal_target(kViewsRoute, request);
  if (target.has_error()) co_return api_problem(target.error(), request.request_id);
  HttpCache::Question question = question_of(std::move(*target), request);
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

Task<http::Response> ApiHandler::respond(HttpCache::Served served, std::string key,
                                         const http::Request& request) const {
  const auto& variants = served.entry->answer()->content.variants;
  Choice choice = choose(*variants, request);
  // One request makes the variant; others that want it meanwhile are content with the plain one.
  if (choice.missing && variants->claim(*choice.missing)) {
    const http::Encoding encoding = *choice.missing;
    const int level = encoding == http::Encoding::kBrotli ? kBrotliLevel : kGzipLevel;
    auto make = [variants, encoding, level] {
      variants->compress(encoding, level);
    };
    auto made = compression_.run(std::move(make));
    co_await std::move(made);
    cache_.store(key, served.entry);
    choice = choose(*variants, request);
  }
  http::Response response =
      response_of(std::move(choice.response), *served.entry->answer(), served.status, clock_.steady_now());
  response.source.upstream = std::move(served.upstream);
  co_return response;
}

}  // namespace filmoteka::gateway
