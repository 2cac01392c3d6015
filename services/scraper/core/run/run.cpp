#include <scraper/core/run/run.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::scraper {

namespace {

template <class Enum>
using Names = std::pair<Enum, std::string_view>;

constexpr std::array kEndReasons = {
    Names<EndReason>{EndReason::kNone, "running"},
    Names<EndReason>{EndReason::kComplete, "complete"},
    Names<EndReason>{EndReason::kLimit, "limit"},
    Names<EndReason>{EndReason::kUnreachable, "unreachable"},
    Names<EndReason>{EndReason::kRateLimited, "rate_limited"},
    Names<EndReason>{EndReason::kBlocked, "blocked"},
    Names<EndReason>{EndReason::kForbidden, "forbidden_by_robots"},
    Names<EndReason>{EndReason::kDrifted, "drifted"},
    Names<EndReason>{EndReason::kFaulty, "faulty"},
    Names<EndReason>{EndReason::kCancelled, "cancelled"},
    Names<EndReason>{EndReason::kInterrupted, "interrupted"},
    Names<EndReason>{EndReason::kFailed, "failed"},
};
constexpr std::array kHealths = {
    Names<Health>{Health::kOk, "ok"},
    Names<Health>{Health::kDegraded, "degraded"},
    Names<Health>{Health::kBlocked, "blocked"},
    Names<Health>{Health::kDrifted, "drifted"},
};

template <class Enum, std::size_t Size>
std::string_view name_of(const std::array<Names<Enum>, Size>& names, Enum value) {
  const auto* found =
      std::find_if(names.begin(), names.end(), [value](const auto& entry) { return entry.first == value; });
  return found == names.end() ? "unknown" : found->second;
}

template <class Enum, std::size_t Size>
std::optional<Enum> value_of(const std::array<Names<Enum>, Size>& names, std::string_view name) {
  const auto* found =
      std::find_if(names.begin(), names.end(), [name](const auto& entry) { return entry.second == name; });
  if (found == names.end()) return std::nullopt;
  return found->first;
}

}  // namespace

std::string_view to_string(Trigger trigger) {
  return trigger == Trigger::kSchedule ? "schedule" : "manual";
}
std::string_view to_string(EndReason reason) {
  return name_of(kEndReasons, reason);
}
std::optional<EndReason> end_reason_from(std::string_view text) {
  return value_of(kEndReasons, text);
}
bool is_success(EndReason reason) {
  return reason == EndReason::kComplete || reason == EndReason::kLimit;
}
std::string_view to_string(Health health) {
  return name_of(kHealths, health);
}
std::optional<Health> health_from(std::string_view text) {
  return value_of(kHealths, text);
}

Delivered& Delivered::operator+=(const Delivered& other) {
  created += other.created;
  updated += other.updated;
  unchanged += other.unchanged;
  merged += other.merged;
  refused += other.refused;
  return *this;
}

}  // namespace filmoteka::scraper
