#include <gateway/core/limits/limits.hpp>

#include <algorithm>
#include <cstring>

namespace filmoteka::gateway {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
/// A quota is reported in so many steps.
constexpr std::uint64_t kSteps = 100;

std::uint64_t nanoseconds_of(SteadyTime time) {
  return static_cast<std::uint64_t>(std::chrono::nanoseconds(time.time_since_epoch()).count());
}

std::uint32_t whole_seconds(std::uint64_t nanoseconds) {
  return static_cast<std::uint32_t>((nanoseconds + kSecond - 1) / kSecond);
}

}  // namespace

std::string_view to_string(RouteClass route_class) {
  switch (route_class) {
    case RouteClass::kCached:
      return "cached";
    case RouteClass::kApi:
      return "api";
    case RouteClass::kSearch:
      return "search";
    case RouteClass::kViews:
      break;
  }
  return "views";
}

Limits::Limits(const LimitSettings& settings, std::size_t slots, HashSeed seed) : seed_(seed), table_(slots) {
  adopt(settings);
}

void Limits::adopt(const LimitSettings& settings) {
  const std::lock_guard lock(adopting_);
  const std::array quotas = {settings.cached, settings.api, settings.search, settings.views};
  for (const RouteClass route_class : kRouteClasses) {
    const std::uint32_t requests = quotas[index(route_class)];
    std::string policy = "\"" + std::string(to_string(route_class)) + "\";q=" + std::to_string(requests) +
                         ";w=" + std::to_string(kLimitWindow.count());
    auto& present = quotas_[index(route_class)];
    const Quota* before = present.load(std::memory_order_relaxed);
    if (before != nullptr && before->policy == policy) continue;
    all_.push_back({Pace::of(requests, kLimitWindow), std::move(policy)});
    present.store(&all_.back(), std::memory_order_release);
  }
}

std::uint64_t Limits::key_of(const Address& client, RouteClass route_class) const {
  std::array<char, 17> text{};
  const Address network = client.network();
  std::memcpy(text.data(), network.bytes().data(), network.bytes().size());
  text.back() = static_cast<char>(route_class);
  return siphash24({text.data(), text.size()}, seed_);
}

LimitVerdict Limits::verdict_of(RouteClass route_class, const Spent& spent) const {
  if (!spent.allowed) return {false, 0, std::max<std::uint32_t>(1, whole_seconds(spent.wait))};
  const Pace shared = pace(route_class).share(sharers());
  const std::uint64_t free = shared.window - std::min(shared.window, spent.debt);
  return {true, static_cast<std::uint32_t>(free / shared.interval), whole_seconds(spent.debt)};
}

Limits::Checked Limits::check(const Address& client, RouteClass route_class, SteadyTime now) {
  const Pace shared = pace(route_class).share(sharers());
  const std::uint64_t at = nanoseconds_of(now);
  const Spent spent = table_.take(key_of(client, route_class), at, shared);
  Checked checked{verdict_of(route_class, spent), 0};
  if (!spent.allowed) return checked;
  // A request is reported when its charge passes a mark; marks lie one step apart.
  const std::uint64_t requests_a_step = std::max<std::uint64_t>(1, shared.window / shared.interval / kSteps);
  const std::uint64_t step = requests_a_step * shared.interval;
  const std::uint64_t paid_at = at + spent.debt;
  if (paid_at / step != (paid_at - shared.interval) / step) {
    checked.to_report = static_cast<std::uint32_t>(requests_a_step);
  }
  return checked;
}

void Limits::learn(const Address& client, RouteClass route_class, std::chrono::nanoseconds debt,
                   SteadyTime now) {
  table_.raise(key_of(client, route_class), nanoseconds_of(now + debt));
}

}  // namespace filmoteka::gateway
