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

}  // namespace filmoteka::gateway
