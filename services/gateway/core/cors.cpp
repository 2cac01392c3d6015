#include <filmoteka/base/strings.hpp>

#include <gateway/core/cors.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kAnybody = "*";
constexpr std::string_view kVary = "Vary: Origin\r\n";
/// What a page may see beside the headers that it always may (Cache-Control, Content-Language, …).
constexpr std::string_view kExposed =
    "Access-Control-Expose-Headers: ETag, Link, Age, Cache-Status, RateLimit, RateLimit-Policy, Retry-After, "
    "X-Request-Id\r\n";
/// What a page may send beside the headers that it always may.
constexpr const char* kRequestHeaders = "If-None-Match, Cache-Control, X-Request-Id, traceparent, tracestate";
/// A day: browsers ask again after two hours at the latest.
constexpr const char* kMaxAge = "86400";

bool is_host(std::string_view host) {
  if (host.starts_with('['))
    return host.size() > 2 && host.find_first_not_of("[]:.0123456789abcdef") == host.npos;
  return !host.empty() && host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") == host.npos;
}

}  // namespace

bool Cors::is_origin(std::string_view text) {
  if (text == kAnybody) return true;
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view name = text.substr(0, scheme);
  if (name != "http" && name != "https") return false;
  std::string_view host = text.substr(scheme + 3);
  const std::size_t colon = host.find(':', host.starts_with('[') ? std::min(host.find(']'), host.size()) : 0);
  if (colon != std::string_view::npos) {
    const auto port = parse_number<std::uint16_t>(host.substr(colon + 1));
    // Browsers leave a scheme's own port out.
    if (!port || *port == (name == "http" ? 80 : 443)) return false;
    host = host.substr(0, colon);
  }
  return is_host(host);
}

Cors::Cors(const std::vector<std::string>& origins) {
  const bool anybody = std::ranges::find(origins, kAnybody) != origins.end();
  for (const std::string& origin : anybody ? std::vector{std::string(kAnybody)} : origins) {
    std::string lines = "Access-Control-Allow-Origin: " + origin + "\r\n";
    lines += kExposed;
    if (!anybody) lines += kVary;
    allowed_.push_back({origin, std::move(lines)});
  }
}

const Cors::Allowed* Cors::find(const http::Request& request) const {
  if (!allowed_.empty() && allowed_.front().origin == kAnybody) return &allowed_.front();
  const auto origin = request.header("Origin");
  if (!origin) return nullptr;
  const auto found = std::ranges::find(allowed_, *origin, &Allowed::origin);
  return found == allowed_.end() ? nullptr : &*found;
}

http::Response Cors::answer(const http::Request& request, http::Response response) const {
  const Allowed* allowed = find(request);
  response.lines = allowed == nullptr ? kVary : std::string_view(allowed->lines);
  return response;
}

http::Response Cors::preflight(const http::Request& request, std::string_view methods) const {
  http::Response response;
  response.status = 204;
  response.headers.emplace_back("Allow", std::string(methods) + ", OPTIONS");
  if (find(request) != nullptr) {
    response.headers.emplace_back("Access-Control-Allow-Methods", methods);
    response.headers.emplace_back("Access-Control-Allow-Headers", kRequestHeaders);
    response.headers.emplace_back("Access-Control-Max-Age", kMaxAge);
  }
  return answer(request, std::move(response));
}

}  // namespace filmoteka::gateway
