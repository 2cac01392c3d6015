#include <gateway/core/answer/headers.hpp>
#include <gateway/core/answer/problems.hpp>
#include <gateway/handlers/api.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// Fit for answers that are used for seconds: see http::compress.
constexpr int kGzipLevel = 5;
constexpr int kBrotliLevel = 4;

/// RFC 9211. The name of the cache is ours to choose.
std::string cache_status(Verdict verdict, std::chrono::seconds time_to_live) {
  switch (verdict) {
    case Verdict::kHit:
      return "filmoteka; hit; ttl=" + std::to_string(time_to_live.count());
    case Verdict::kUriMiss:
      return "filmoteka; fwd=uri-miss; fwd-status=200; stored";
    case Verdict::kStale:
      return "filmoteka; fwd=stale; fwd-status=200; stored";
    case Verdict::kCollapsed:
      break;
  }
  return "filmoteka; fwd=uri-miss; fwd-status=200; collapsed";
}

http::Response response_of(Variants::Ready ready, const Entry& entry, Verdict verdict, SteadyTime now) {
  http::Response response;
  response.status = ready->status;
  response.ready = std::move(ready);
  response.headers.reserve(2);
  response.headers.emplace_back("Age", std::to_string(entry.age(now).count()));
  response.headers.emplace_back("Cache-Status", cache_status(verdict, entry.time_to_live(now)));
  return response;
}

}  // namespace

std::optional<http::Response> ApiHandler::hit(const http::Request& request) const {
  const auto entry = origin_.find(request.target);
  if (!entry) return std::nullopt;
  Choice choice = choose(entry->variants(), request);
  if (choice.missing) return std::nullopt;
  origin_.count_hit();
  return response_of(std::move(choice.response), *entry, Verdict::kHit, clock_.steady_now());
}

Task<http::Response> ApiHandler::answer(const ApiRoute& route, const http::Request& request) const {
  Result<std::string> target = normal_target(route, request);
  if (target.has_error()) co_return api_problem(target.error(), request.request_id);
  std::string key = key_of(*target);
  CachedOrigin::Question question{std::move(*target), request.request_id, request.traceparent,
                                  request.deadline};
  auto call = origin_.get(std::move(question));
  const Result<CachedOrigin::Answer> answer = co_await std::move(call);
  if (answer.has_error()) co_return api_problem(answer.error(), request.request_id);

  const auto& outcome = answer->outcome->outcome;
  if (const auto* error = std::get_if<Error>(&outcome)) co_return api_problem(*error, request.request_id);
  if (const auto* refusal = std::get_if<OriginAnswer>(&outcome)) {
    co_return passed_on_problem(*refusal, request.request_id);
  }
  const auto entry = std::get<std::shared_ptr<Entry>>(outcome);
  // Next time this spelling is found without being parsed.
  if (answer->verdict == Verdict::kHit && request.target != key) origin_.store(request.target, entry);
  auto response = respond(entry, answer->verdict, std::move(key), request);
  co_return co_await std::move(response);
}

Task<http::Response> ApiHandler::respond(std::shared_ptr<Entry> entry, Verdict verdict, std::string key,
                                         const http::Request& request) const {
  Choice choice = choose(entry->variants(), request);
  // One request makes the variant; others that want it meanwhile are content with the plain one.
  if (choice.missing && entry->variants().claim(*choice.missing)) {
    const http::Encoding encoding = *choice.missing;
    const int level = encoding == http::Encoding::kBrotli ? kBrotliLevel : kGzipLevel;
    auto make = [&entry, encoding, level] {
      entry->variants().compress(encoding, level);
    };
    auto made = compression_.run(std::move(make));
    co_await std::move(made);
    origin_.store(key, entry);
    choice = choose(entry->variants(), request);
  }
  co_return response_of(std::move(choice.response), *entry, verdict, clock_.steady_now());
}

}  // namespace filmoteka::gateway
