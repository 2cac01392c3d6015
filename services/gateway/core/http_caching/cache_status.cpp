#include <gateway/core/http_caching/cache_status.hpp>

#include <array>

namespace filmoteka::gateway {
namespace {

std::string_view name_of(Forward forward) {
  switch (forward) {
    case Forward::kBypass:
      return "bypass";
    case Forward::kMethod:
      return "method";
    case Forward::kUriMiss:
      return "uri-miss";
    case Forward::kVaryMiss:
      return "vary-miss";
    case Forward::kRequest:
      return "request";
    case Forward::kStale:
      return "stale";
    case Forward::kNone:
      break;
  }
  return "";
}

}  // namespace

std::string to_string(const CacheStatus& status) {
  std::string text = "filmoteka; ";
  if (status.forward == Forward::kNone) {
    text += "hit";
  } else {
    text.append("fwd=").append(name_of(status.forward));
  }
  if (status.forward_status != 0) text += "; fwd-status=" + std::to_string(status.forward_status);
  if (status.time_to_live) text += "; ttl=" + std::to_string(status.time_to_live->count());
  if (status.stored) text += "; stored";
  if (status.collapsed) text += "; collapsed";
  if (!status.detail.empty()) text.append("; detail=").append(status.detail);
  return text;
}

CacheResult result_of(const CacheStatus& status) {
  if (status.collapsed) return CacheResult::kCollapsed;
  if (status.time_to_live && status.time_to_live->count() <= 0) return CacheResult::kStale;
  switch (status.forward) {
    case Forward::kNone:
      return CacheResult::kHit;
    case Forward::kStale:
      return CacheResult::kExpired;
    case Forward::kUriMiss:
    case Forward::kVaryMiss:
      return CacheResult::kMiss;
    case Forward::kBypass:
    case Forward::kMethod:
    case Forward::kRequest:
      break;
  }
  return CacheResult::kPassed;
}

std::string_view to_string(CacheResult result) {
  constexpr std::array<std::string_view, 6> kNames = {"hit",     "stale",     "miss",
                                                      "expired", "collapsed", "passed"};
  return kNames[static_cast<std::size_t>(result)];
}

}  // namespace filmoteka::gateway
