#include <filmoteka/http/query.hpp>

#include <gateway/core/limits/limit_headers.hpp>
#include <gateway/handlers/admission.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace filmoteka::gateway {

Admission::Admission(const TrustedProxies& proxies, Limits* limits, SharedLimits* shared, const Clock& clock,
                     telemetry::Metrics& metrics)
    : proxies_(proxies), limits_(limits), shared_(shared), clock_(clock) {
  for (const RouteClass route_class : kRouteClasses) {
    limited_[static_cast<std::size_t>(route_class)] = &metrics.counter(
        "filmoteka_gateway_limited_requests_total", "Requests beyond their client's quota (429).",
        {{"class", std::string(to_string(route_class))}});
  }
}

http::FastHandler Admission::ready(http::FastHandler handler) const {
  if (limits_ == nullptr) return handler;
  return [this, handler = std::move(handler)](const http::Request& request) -> std::optional<http::Response> {
    constexpr RouteClass kClass = RouteClass::kCached;
    std::optional<http::Response> response = handler(request);
    if (!response) return response;
    const Address client = proxies_.client_of(request);
    const auto [verdict, to_report] = limits_->check(client, kClass, clock_.steady_now());
    if (!verdict.allowed) return refuse(kClass, verdict, request);
    if (to_report != 0 && shared_ != nullptr) shared_->report(client, kClass, to_report);
    add_limit_headers(*response, *limits_, kClass, verdict);
    return response;
  };
}

http::Handler Admission::asking(Classify classify, http::Handler handler) const {
  if (limits_ == nullptr) return handler;
  return [this, classify = std::move(classify), handler = std::move(handler)](const http::Request& request) {
    return admit(classify(request), handler, request);
  };
}

Task<http::Response> Admission::admit(RouteClass route_class, const http::Handler& handler,
                                      const http::Request& request) const {
  const Address client = proxies_.client_of(request);
  LimitVerdict verdict = limits_->check(client, route_class, clock_.steady_now()).verdict;
  if (verdict.allowed && shared_ != nullptr) {
    auto asking = shared_->take(client, route_class);
    verdict = (co_await std::move(asking)).value_or(verdict);
  }
  if (!verdict.allowed) co_return refuse(route_class, verdict, request);
  auto answering = handler(request);
  http::Response response = co_await std::move(answering);
  add_limit_headers(response, *limits_, route_class, verdict);
  co_return response;
}

http::Response Admission::refuse(RouteClass route_class, const LimitVerdict& verdict,
                                 const http::Request& request) const {
  limited_[static_cast<std::size_t>(route_class)]->increment();
  return limit_problem(*limits_, route_class, verdict, request.request_id);
}

RouteClass class_of_question(const http::Request& request) {
  // Parsed, not looked for: "%71=" is "q=" too.
  const Result<http::QueryParameters> parameters = http::parse_query(request.query);
  const bool searches = parameters.has_value() &&
                        std::ranges::any_of(*parameters, [](const auto& pair) { return pair.first == "q"; });
  return searches ? RouteClass::kSearch : RouteClass::kApi;
}

}  // namespace filmoteka::gateway
