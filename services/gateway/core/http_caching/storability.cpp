#include <filmoteka/base/strings.hpp>

#include <gateway/core/http_caching/storability.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::gateway {
namespace {

/// Statuses whose rules of caching are followed here.
bool is_understood(int status) {
  constexpr std::array kMore = {302, 303, 307, 400, 401, 402, 403, 406, 409, 411, 412, 413, 415,
                                416, 417, 421, 422, 428, 429, 431, 451, 500, 502, 503, 504};
  return is_heuristically_cacheable(status) || std::ranges::find(kMore, status) != kMore.end();
}

bool is_of_the_connection(std::string_view name) {
  constexpr std::array<std::string_view, 11> kNames = {"connection",
                                                       "keep-alive",
                                                       "proxy-connection",
                                                       "te",
                                                       "trailer",
                                                       "upgrade",
                                                       "transfer-encoding",
                                                       "content-length",
                                                       "proxy-authenticate",
                                                       "proxy-authorization",
                                                       "proxy-authentication-info"};
  return std::ranges::any_of(kNames, [&](auto known) { return equals_ignore_case_ascii(known, name); });
}

bool sees_others(const ResponseDirectives& directives) {
  return directives.is_public || directives.must_revalidate || directives.s_maxage.has_value();
}

/// 3, last item: something must say how long, or that it may be guessed.
bool is_of_use(int status, const Fields& response, const ResponseDirectives& directives,
               const Lifetime& lifetime) {
  const bool usable_stale =
      directives.stale_while_revalidate.has_value() || directives.stale_if_error.has_value();
  if (!directives.no_cache && (lifetime.span.count() > 0 || usable_stale)) return true;
  const bool has_validator = response.has("ETag") || response.has("Last-Modified");
  const bool allowed = lifetime.is_explicit || directives.is_public || is_heuristically_cacheable(status);
  return has_validator && allowed;
}

}  // namespace

Obstacle storing_obstacle(const StoringRequest& request, int status, const Fields& response,
                          const ResponseDirectives& directives, const Lifetime& lifetime) {
  if (!request.is_get) return Obstacle::kMethod;
  if (status < 200 || status == 206 || status == 304) return Obstacle::kStatus;
  if (directives.must_understand && !is_understood(status)) return Obstacle::kStatus;
  // must-understand stands beside a no-store that is meant for caches that do not know it (5.2.2.3).
  if (request.no_store || (directives.no_store && !directives.must_understand)) return Obstacle::kNoStore;
  if (directives.is_private) return Obstacle::kPrivate;
  if (request.has_authorization && !sees_others(directives)) return Obstacle::kAuthorization;
  const std::string vary = response.combined("Vary").value_or("");
  for (const std::string_view name : list_elements(vary)) {
    if (name == "*") return Obstacle::kVary;
  }
  return is_of_use(status, response, directives, lifetime) ? Obstacle::kNone : Obstacle::kUseless;
}

http::Headers end_to_end(const Fields& message) {
  const std::string connection = message.combined("Connection").value_or("");
  const auto named = list_elements(connection);
  http::Headers kept;
  message.each([&](std::string_view name, std::string_view value) {
    const bool is_named =
        std::ranges::any_of(named, [&](auto option) { return equals_ignore_case_ascii(option, name); });
    if (!is_named && !is_of_the_connection(name)) kept.emplace_back(name, value);
  });
  return kept;
}

http::Headers storable_fields(const Fields& response, const ResponseDirectives& directives) {
  http::Headers kept = end_to_end(response);
  std::erase_if(kept, [&](const auto& line) {
    return std::ranges::find(directives.kept_back, to_lower_ascii(line.first)) != directives.kept_back.end();
  });
  return kept;
}

}  // namespace filmoteka::gateway
