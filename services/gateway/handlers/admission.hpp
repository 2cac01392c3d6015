/// Lets requests in to handlers as far as their clients' quotas go.
#pragma once

#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/client_address.hpp>
#include <gateway/core/limits/limits.hpp>
#include <gateway/core/limits/shared_limits.hpp>

#include <array>
#include <functional>

namespace filmoteka::gateway {

/// Thread-safe. Outlives the handlers that it gives out; all that it refers to outlives it. Metrics:
/// filmoteka_gateway_limited_requests_total{class}.
class Admission {
 public:
  /// `limits` null: everybody is let in. `shared` null: this gateway counts alone.
  Admission(const TrustedProxies& proxies, Limits* limits, SharedLimits* shared, const Clock& clock,
            telemetry::Metrics& metrics);

  /// Around a handler that answers with what lies ready. Looked up first and counted then: an answer of the
  /// class kCached; what it does not answer is not counted.
  http::FastHandler ready(http::FastHandler handler) const;
  /// Around a handler that has work to do. `classify` says of which class a request is.
  using Classify = std::function<RouteClass(const http::Request&)>;
  http::Handler asking(Classify classify, http::Handler handler) const;

 private:
  Task<http::Response> admit(RouteClass route_class, const http::Handler& handler,
                             const http::Request& request) const;
  http::Response refuse(RouteClass route_class, const LimitVerdict& verdict,
                        const http::Request& request) const;

  const TrustedProxies& proxies_;
  Limits* limits_;
  SharedLimits* shared_;
  const Clock& clock_;
  std::array<telemetry::Counter*, kRouteClasses.size()> limited_{};
};

/// Of a request that metadata answers: kSearch with a text to search for (`q`), kApi without.
RouteClass class_of_question(const http::Request& request);

}  // namespace filmoteka::gateway
