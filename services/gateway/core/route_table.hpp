/// All that can be reached at the public port, as data: what the router is filled from, and what can be said
/// of a request without serving it.
#pragma once

#include <gateway/core/api_route.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// The routes that the metadata service stands behind.
std::span<const ApiRoute> api_routes();

inline constexpr ApiRoute kViewsRoute{"/movies/{id}/views"};
inline constexpr ApiRoute kContractRoute{"/openapi.json"};
inline constexpr ApiRoute kAliveRoute{"/healthz"};
inline constexpr ApiRoute kReadyRoute{"/readyz"};
inline constexpr ApiRoute kDocsRoute{"/docs"};
inline constexpr std::string_view kDocsPath = "/docs";  ///< the same page outside of the API
inline constexpr std::string_view kRobotsPath = "/robots.txt";

/// "/api/v1/movies/{id}".
std::string public_pattern(const ApiRoute& route);

/// What a route's answers are counted as.
enum class RouteQuota { kNone, kReady, kQuestion, kViews };
/// How long they may be used.
enum class RouteLifetime { kNever, kFresh, kDocument, kPage };

struct RouteFacts {
  http::Method method = http::Method::kGet;
  std::string pattern;
  std::span<const std::string_view> parameters{};
  RouteQuota quota = RouteQuota::kReady;
  RouteLifetime lifetime = RouteLifetime::kDocument;
  const ApiRoute* asks = nullptr;  ///< whose answers the metadata service is asked for; null: ours
};

/// All of them but the fallback, which is the web app (GET and HEAD).
std::vector<RouteFacts> route_table();

}  // namespace filmoteka::gateway
