#include <gateway/core/route_text.hpp>

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// Those that can be put together from several answers.
constexpr std::string_view kAssembled[] = {"/home", "/movies/{id}"};

std::string quota(const LimitSettings& limits, RouteClass route_class) {
  const std::array<std::uint32_t, 4> quotas = {limits.cached, limits.api, limits.search, limits.views};
  return std::string(to_string(route_class)) + ' ' +
         std::to_string(quotas[static_cast<std::size_t>(route_class)]) + " a minute";
}

std::string describe_quota(const RouteFacts& route, const LimitSettings& limits) {
  if (!limits.enabled || route.quota == RouteQuota::kNone) return "none";
  const std::string ready = quota(limits, RouteClass::kCached);
  switch (route.quota) {
    case RouteQuota::kViews:
      return quota(limits, RouteClass::kViews);
    case RouteQuota::kQuestion: {
      const bool searches = std::ranges::find(route.parameters, "q") != route.parameters.end();
      std::string text = ready + " from the cache, else " + quota(limits, RouteClass::kApi);
      if (searches) text += ", with q " + quota(limits, RouteClass::kSearch);
      return text;
    }
    default:
      return ready;
  }
}

std::string describe_lifetime(const RouteFacts& route, const Freshness& freshness) {
  switch (route.lifetime) {
    case RouteLifetime::kFresh: {
      const bool assembled =
          route.asks != nullptr && std::ranges::find(kAssembled, route.asks->path) != std::end(kAssembled);
      return freshness.cache_control() + (assembled ? ", or less: that of its parts" : "");
    }
    case RouteLifetime::kDocument:
      return "public, max-age=300";
    case RouteLifetime::kPage:
      return "no-cache";
    case RouteLifetime::kNever:
      break;
  }
  return "no-store";
}

}  // namespace

void write_facts(const RouteFacts& route, const LimitSettings& limits, const Freshness& freshness,
                 std::ostream& out) {
  out << "  limits      " << describe_quota(route, limits) << "\n  lifetime    "
      << describe_lifetime(route, freshness) << '\n';
}

void write_routes(const LimitSettings& limits, const Freshness& freshness, std::ostream& out) {
  for (const RouteFacts& route : route_table()) {
    out << http::to_string(route.method) << ' ' << route.pattern << '\n';
    if (!route.parameters.empty()) {
      out << "  parameters  ";
      const char* separator = "";
      for (const std::string_view name : route.parameters) {
        out << std::exchange(separator, ", ") << name;
      }
      out << '\n';
    }
    write_facts(route, limits, freshness, out);
  }
  out << "GET anything else\n  the web app: its files, and its page for the addresses that it knows itself\n";
}

}  // namespace filmoteka::gateway
