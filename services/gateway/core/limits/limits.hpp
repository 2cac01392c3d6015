/// How much a client may ask for: one quota for each class of requests, counted in this process.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <gateway/core/cache/key_hash.hpp>
#include <gateway/core/client_address.hpp>
#include <gateway/core/limits/client_table.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// Requests of a kind cost us about the same.
enum class RouteClass : std::uint8_t {
  kCached,  ///< what lies ready: cached answers, the web app's files
  kApi,     ///< what metadata has to be asked for
  kSearch,  ///< the same with a text to search for
  kViews    ///< what is written down: views
};
inline constexpr std::array kRouteClasses = {RouteClass::kCached, RouteClass::kApi, RouteClass::kSearch,
                                             RouteClass::kViews};
/// "cached", "api", "search", "views": in headers, metrics and keys.
std::string_view to_string(RouteClass route_class);

inline constexpr std::chrono::seconds kLimitWindow{60};

struct LimitSettings {
  bool enabled = true;
  // Requests a client may make in any minute, all at once if it likes. A page of the web app takes 20 to 30
  // requests, most of them cached; behind one address there may be an office.
  std::uint32_t cached = 6'000;
  std::uint32_t api = 1'200;
  std::uint32_t search = 600;
  std::uint32_t views = 120;
};

/// What becomes of a request, as the client is told.
struct LimitVerdict {
  bool allowed = true;
  std::uint32_t remaining = 0;  ///< requests that would pass now
  std::uint32_t seconds = 0;    ///< allowed: until the whole quota is back; refused: until one request passes
};

/// Thread-safe. The memory is that of the table: 64 MiB, taken as clients come, and a line of text for each
/// quota that ever was in force.
class Limits {
 public:
  explicit Limits(const LimitSettings& settings, std::size_t slots = std::size_t{1} << 22,
                  HashSeed seed = HashSeed::random());

  /// Other quotas from now on; what clients owe stays. (`enabled` is the owner's.)
  void adopt(const LimitSettings& settings);

  /// A request is counted here at once, and may have to be counted elsewhere too.
  struct Checked {
    LimitVerdict verdict;
    /// For who cannot ask others each time: how many requests to report to them. Mostly none: one request in
    /// so many stands for all of them, so that a hit seldom has anything to report.
    std::uint32_t to_report = 0;
  };
  /// One request of that client: one hash, one slot.
  Checked check(const Address& client, RouteClass route_class, SteadyTime now);

  /// Others have counted so much of it that it owes `debt`.
  void learn(const Address& client, RouteClass route_class, std::chrono::nanoseconds debt, SteadyTime now);
  /// What a debt means for its client.
  LimitVerdict verdict_of(RouteClass route_class, const Spent& spent) const;

  /// While `sharers` processes count apart from each other, each of them gives its part of the quota. 1: they
  /// count together, or this one is alone.
  void set_sharers(std::uint32_t sharers) { sharers_.store(sharers, std::memory_order_relaxed); }
  std::uint32_t sharers() const { return sharers_.load(std::memory_order_relaxed); }

  Pace pace(RouteClass route_class) const { return quota(route_class).pace; }
  /// The value of RateLimit-Policy: "\"api\";q=1200;w=60".
  const std::string& policy(RouteClass route_class) const { return quota(route_class).policy; }

 private:
  struct Quota {
    Pace pace;
    std::string policy;
  };
  const Quota& quota(RouteClass route_class) const {
    return *quotas_[index(route_class)].load(std::memory_order_acquire);
  }
  static std::size_t index(RouteClass route_class) { return static_cast<std::size_t>(route_class); }
  std::uint64_t key_of(const Address& client, RouteClass route_class) const;

  std::mutex adopting_;    // guards all_
  std::deque<Quota> all_;  ///< also those of before: somebody may be reading them
  std::array<std::atomic<const Quota*>, kRouteClasses.size()> quotas_{};
  std::atomic<std::uint32_t> sharers_{1};
  HashSeed seed_;
  ClientTable table_;
};

}  // namespace filmoteka::gateway
