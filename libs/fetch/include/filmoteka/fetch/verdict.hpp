/// What an answer means for the one who asked, and what a Retry-After header says. Pure.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/fetch/fetcher.hpp>

#include <optional>
#include <string_view>

namespace filmoteka::fetch {

enum class Verdict {
  kOk,           ///< 2xx with the kind of body that was asked for
  kNotModified,  ///< 304
  kMissing,      ///< 404, 410
  kRateLimited,  ///< 429, or 503 with Retry-After
  kBlocked,      ///< 401, 403, or a page for people where data was asked for (an anti-robot challenge)
  kForbidden,    ///< robots.txt does not allow it
  kServerError,  ///< 5xx
  kUnreachable,  ///< no answer: name, connection, TLS, time, cut off
  kRefused,      ///< an answer that we don't accept: other 3xx/4xx, too large, redirected elsewhere
  kCancelled,    ///< we are stopping
};
std::string_view to_string(Verdict verdict);

/// What the body is expected to be. kJson and kXml look at its first character: servers' Content-Type lies,
/// challenge pages are HTML.
enum class Expected { kAnything, kJson, kXml };

Verdict judge(const FetchResponse& response, Expected expected);
Verdict judge(const Error& error);

/// True where trying again may help.
bool is_transient(Verdict verdict);

/// Retry-After (RFC 9110, 10.2.3) in seconds or as a date, from `now`, cut to 24 hours; nullopt when absent
/// or unreadable. A date in the past is zero.
std::optional<std::chrono::milliseconds> retry_after(const HeaderList& headers, Timestamp now);

}  // namespace filmoteka::fetch
