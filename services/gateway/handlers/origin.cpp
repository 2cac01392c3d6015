#include <gateway/core/answer/forwarded.hpp>
#include <gateway/core/request/forwarding.hpp>
#include <gateway/handlers/origin.hpp>

#include <utility>

namespace filmoteka::gateway {

std::optional<http::Response> OriginHandler::hit(const http::Request& request) const {
  if (!wants_what_is_there(request)) return std::nullopt;
  const SteadyTime now = clock_.steady_now();
  const auto entry = cache_.fresh(request.target, request.headers, now);
  if (!entry) return std::nullopt;
  cache_.count_hit();
  CacheStatus status;
  status.time_to_live = entry->answer()->time_to_live(now);
  return forwarded_response(*entry->answer(), request, status, now);
}

Task<http::Response> OriginHandler::answer(const http::Request& request) const {
  auto asking = cache_.answer(forwarded_question(request));
  const Result<HttpCache::Served> served = co_await std::move(asking);
  if (served.has_error()) co_return http::problem_response(served.error(), request.request_id);
  co_return forwarded_response(*served->entry->answer(), request, served->status, clock_.steady_now());
}

}  // namespace filmoteka::gateway
