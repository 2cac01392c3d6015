/// Cache-Status (RFC 9211): what the cache did with a request.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// Why a request went to the origin (2.2).
enum class Forward { kNone, kBypass, kMethod, kUriMiss, kVaryMiss, kRequest, kStale };

struct CacheStatus {
  Forward forward = Forward::kNone;                    ///< kNone: a hit
  int forward_status = 0;                              ///< what the origin answered; 0: nothing
  std::optional<std::chrono::seconds> time_to_live{};  ///< negative: it is stale
  bool stored = false;
  bool collapsed = false;
  std::string_view detail{};  ///< a token of ours; static text
};

/// "filmoteka; hit; ttl=3"
std::string to_string(const CacheStatus& status);

/// The same in one word, for metrics and logs.
enum class CacheResult {
  kHit,
  kStale,      ///< served though it has expired
  kMiss,       ///< there was none
  kExpired,    ///< it was there, and the origin was asked for a new one, or whether it is still good
  kCollapsed,  ///< another request's call has answered
  kPassed,     ///< not for the cache: other methods, what a client wants anew
};
CacheResult result_of(const CacheStatus& status);
/// "hit", "stale", "miss", "expired", "collapsed", "passed". Static text.
std::string_view to_string(CacheResult result);

}  // namespace filmoteka::gateway
