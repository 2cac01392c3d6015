#include <filmoteka/http/query.hpp>
#include <filmoteka/http/router.hpp>

#include <gateway/core/page/page_address.hpp>
#include <gateway/core/route_table.hpp>
#include <gateway/core/route_text.hpp>
#include <gateway/dry_run.hpp>

#include <algorithm>
#include <ostream>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {
namespace {

constexpr int kRefused = 1;
constexpr int kWrongArguments = 2;

http::Method method_of(std::string_view name) {
  using enum http::Method;
  for (const http::Method method : {kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions}) {
    if (http::to_string(method) == name) return method;
  }
  return kOther;
}

Task<http::Response> nothing(const http::Request&) {
  co_return http::Response{};
}

/// The router that would serve, with nothing behind its routes.
http::Router router_of(const std::vector<RouteFacts>& table) {
  http::Router router;
  for (const RouteFacts& route : table) router.add(route.method, route.pattern, nothing);
  router.set_fallback(nothing);
  return router;
}

int show_refusal(const Error& error, std::ostream& out) {
  out << "refused with " << http::status_of(error.code) << ": " << error.message << '\n';
  for (const FieldError& field : error.fields) out << "  " << field.parameter << ": " << field.detail << '\n';
  return kRefused;
}

int show_router_answer(const http::Response& answer, std::ostream& out) {
  const std::string* allow = answer.header("Allow");
  out << (answer.status < 300 ? "answered by the router with " : "refused with ") << answer.status;
  if (allow != nullptr) out << ", Allow: " << *allow;
  out << '\n';
  return answer.status < 300 ? 0 : kRefused;
}

int show_site(std::string_view path, std::string_view query, std::ostream& out) {
  const auto decoded = http::decode_component(path);
  if (!decoded) return show_refusal(not_found("There is nothing at this address."), out);
  if (sitemap_number(*decoded)) {
    out << "a sitemap\n  asks        for the ids of films, which are kept for ten minutes\n";
    return 0;
  }
  if (const auto address = read_page_address(path, query)) {
    const std::string data = data_target(*address);
    out << "the web app's page\n  cache key   " << page_target(*address) << '\n';
    if (!data.empty()) out << "  made of     " << key_of(data) << '\n';
    out << "  lifetime    no-cache\n";
    return 0;
  }
  if (decoded->find('.', decoded->rfind('/')) == std::string::npos) {
    return show_refusal(not_found("There is nothing at this address."), out);
  }
  out << "a file of the web app if there is one, else 404\n";
  return 0;
}

int show_route(const RouteFacts& route, const http::Request& request, const Settings& settings,
               std::ostream& out) {
  const ApiRoute without_parameters{route.pattern};
  const Result<std::string> target =
      normal_target(route.asks != nullptr ? *route.asks : without_parameters, request);
  // Pages take any query, as the web app does.
  if (target.has_error() && route.lifetime != RouteLifetime::kPage) {
    return show_refusal(target.error(), out);
  }
  out << http::to_string(route.method) << ' ' << route.pattern << '\n';
  if (route.lifetime == RouteLifetime::kFresh) out << "  cache key   " << key_of(*target) << '\n';
  if (route.asks != nullptr) {
    const bool assembled = *target == "/home" || target->find("?include=") != std::string::npos;
    out << "  asks        ";
    if (assembled) {
      out << "for several parts, each by its own key\n";
    } else {
      out << http::to_string(route.method) << ' ' << kInternalPrefix << *target << '\n';
    }
  }
  write_facts(route, settings.limits, settings.freshness, out);
  return 0;
}

int show_one(std::string_view method, std::string_view target, const Settings& settings, std::ostream& out) {
  http::Request request;
  request.method = method_of(method);
  request.method_name = method;
  request.target = target;
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) request.query = target.substr(question + 1);

  const std::vector<RouteFacts> table = route_table();
  const http::Router router = router_of(table);
  const http::Router::Match match = router.match(request.method, request.path, "");
  if (match.error) return show_router_answer(*match.error, out);
  if (match.index == 0) return show_site(request.path, request.query, out);
  request.path_values = match.path_values;
  const auto route = std::ranges::find(table, match.pattern, &RouteFacts::pattern);
  return show_route(*route, request, settings, out);
}

}  // namespace

int show_routes(const Settings& settings, std::span<const std::string> arguments, std::ostream& out,
                std::ostream& err) {
  if (!arguments.empty() && (arguments.size() != 2 || !arguments[1].starts_with('/'))) {
    err << "Give a method and a target, like: routes GET '/api/v1/movies?genre=drama'\n";
    return kWrongArguments;
  }
  if (!settings.origin.empty()) {
    out << "Every method and every target goes to " << settings.origin
        << " as it comes; that target is the cache key.\n";
    return 0;
  }
  if (arguments.empty()) {
    write_routes(settings.limits, settings.freshness, out);
    return 0;
  }
  return show_one(arguments[0], arguments[1], settings, out);
}

}  // namespace filmoteka::gateway
