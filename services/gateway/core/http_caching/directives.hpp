/// Cache-Control as requests and responses have it (RFC 9111, 5.2), Pragma (5.4), and the targeted
/// CDN-Cache-Control (RFC 9213), read into what a shared cache decides by.
#pragma once

#include <gateway/core/http_caching/fields.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::gateway {

/// What a client asks of the cache.
struct RequestDirectives {
  bool no_cache = false;  ///< Pragma: no-cache counts where there is no Cache-Control
  bool no_store = false;
  bool only_if_cached = false;
  std::optional<std::chrono::seconds> max_age{};
  std::optional<std::chrono::seconds> min_fresh{};
  std::optional<std::chrono::seconds> max_stale{};  ///< without an argument: any staleness
  std::optional<std::chrono::seconds> stale_if_error{};
};
RequestDirectives request_directives(const Fields& request);

/// What an origin allows.
struct ResponseDirectives {
  bool no_store = false;
  bool no_cache = false;    ///< the form without fields
  bool is_private = false;  ///< the form without fields
  bool is_public = false;
  bool must_revalidate = false;  ///< proxy-revalidate too: this is a shared cache
  bool must_understand = false;
  bool targeted = false;               ///< from CDN-Cache-Control: Cache-Control and Expires do not count
  std::vector<std::string> kept_back;  ///< fields named by no-cache="…" and private="…", in lower case
  std::optional<std::chrono::seconds> max_age{};
  std::optional<std::chrono::seconds> s_maxage{};
  std::optional<std::chrono::seconds> stale_while_revalidate{};
  std::optional<std::chrono::seconds> stale_if_error{};
};
/// A lifetime that is no number, or that is given twice with two values, is 0: the answer is stale (4.2.1).
ResponseDirectives response_directives(const Fields& response);

/// "10" or "\"10\""; what is too large for 31 bits is 2^31 (1.2.2). nullopt for anything else.
std::optional<std::chrono::seconds> parse_delta_seconds(std::string_view text);

}  // namespace filmoteka::gateway
