#include <filmoteka/fetch/politeness.hpp>

#include <algorithm>
#include <cmath>

namespace filmoteka::fetch {

namespace {

using Milliseconds = std::chrono::milliseconds;
constexpr double kLatencySmoothing = 0.3;  ///< weight of the newest request

Milliseconds stretched(Milliseconds span, double jitter, double chance) {
  return Milliseconds(static_cast<std::int64_t>(static_cast<double>(span.count()) * (1 + jitter * chance)));
}

bool is_trouble(Verdict verdict) {
  return is_transient(verdict) || verdict == Verdict::kBlocked;
}

}  // namespace

Milliseconds backoff(int failures, Milliseconds first, Milliseconds most, double jitter, double chance) {
  if (failures <= 0) return Milliseconds(0);
  const double doubled = static_cast<double>(first.count()) * std::exp2(std::min(failures - 1, 60));
  const auto bounded = std::min(doubled, static_cast<double>(most.count()));
  return stretched(Milliseconds(static_cast<std::int64_t>(bounded)), jitter, chance);
}

void HostPoliteness::set_crawl_delay(std::optional<Milliseconds> delay) {
  crawl_delay_ = std::min(delay.value_or(Milliseconds(0)), settings_.max_crawl_delay);
}

Milliseconds HostPoliteness::wait(SteadyTime now) const {
  if (ready_at_ <= now) return Milliseconds(0);
  return std::chrono::ceil<Milliseconds>(ready_at_ - now);
}

Milliseconds HostPoliteness::pause(double chance) const {
  const Milliseconds by_latency(static_cast<std::int64_t>(latency_ms_ * settings_.latency_factor));
  const auto longest =
      std::max({settings_.min_delay, crawl_delay_, std::min(by_latency, settings_.max_delay)});
  return stretched(longest, settings_.jitter, chance);
}

void HostPoliteness::finished(Verdict verdict, std::optional<Milliseconds> retry_after, Milliseconds latency,
                              SteadyTime now, double chance) {
  if (verdict == Verdict::kCancelled) return;
  const auto latest = static_cast<double>(latency.count());
  latency_ms_ = latency_ms_ == 0 ? latest : latency_ms_ + kLatencySmoothing * (latest - latency_ms_);
  failures_ = is_trouble(verdict) ? failures_ + 1 : 0;
  blocked_ = verdict == Verdict::kBlocked;
  const auto first = blocked_ ? settings_.first_blocked_backoff : settings_.first_backoff;
  const auto penalty = backoff(failures_, first, settings_.max_backoff, settings_.jitter, chance);
  // The host's own word counts where it gave one, unless it would have us come back sooner than at ease.
  ready_at_ = now + std::max(pause(chance), retry_after.value_or(penalty));
}

}  // namespace filmoteka::fetch
