#include <filmoteka/base/strings.hpp>

#include <scraper/handlers/browser_guard.hpp>

namespace filmoteka::scraper {

namespace {

/// "localhost" of "localhost:8082"; "[::1]" of "[::1]:8082".
std::string host_of(std::string_view authority) {
  const auto end = authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
  return to_lower_ascii(authority.substr(0, end));
}

}  // namespace

std::optional<std::string> why_refused(const http::Request& request, std::string_view own_host) {
  const auto site = request.header("Sec-Fetch-Site");
  const auto origin = request.header("Origin");
  if (!site && !origin) return std::nullopt;
  const auto authority = request.header("Host").value_or("");
  const auto host = host_of(authority);
  const bool is_ours = host == "localhost" || host == "127.0.0.1" || host == "[::1]" || host == own_host;
  if (!is_ours) return "This is not " + host + ".";
  const bool is_foreign_site = site && *site != "same-origin" && *site != "none";
  const bool is_foreign_origin = origin && *origin != "http://" + std::string(authority);
  if (is_foreign_site || is_foreign_origin) return "Pages of other sites may not use the scraper.";
  return std::nullopt;
}

}  // namespace filmoteka::scraper
