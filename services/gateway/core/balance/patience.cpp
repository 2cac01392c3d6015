#include <gateway/core/balance/patience.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace filmoteka::gateway {
namespace {

constexpr double kFirstMilliseconds = 0.1;
constexpr double kGrowth = 1.25;
constexpr std::uint32_t kEnough = 100;
constexpr std::uint32_t kHalved = 4'000;

}  // namespace

std::size_t Patience::bucket_of(std::chrono::nanoseconds took) {
  const double milliseconds = std::chrono::duration<double, std::milli>(took).count();
  if (milliseconds <= kFirstMilliseconds) return 0;
  const double place = std::ceil(std::log(milliseconds / kFirstMilliseconds) / std::log(kGrowth));
  return std::min(static_cast<std::size_t>(place), kBuckets - 1);
}

void Patience::observe(std::chrono::nanoseconds took) {
  ++calls_[bucket_of(took)];
  if (++total_ < kHalved) return;
  for (std::uint32_t& calls : calls_) calls /= 2;
  total_ = std::accumulate(calls_.begin(), calls_.end(), 0U);
}

std::chrono::milliseconds Patience::value() const {
  const auto within = [this](std::chrono::milliseconds wanted) {
    return std::clamp(wanted, std::min(settings_.least, settings_.most), settings_.most);
  };
  if (total_ < kEnough) return within(settings_.at_first);
  std::uint32_t above = 0;
  std::size_t bucket = kBuckets - 1;
  while (bucket > 0 && (above += calls_[bucket]) * 100 <= total_) --bucket;
  const double p99 = kFirstMilliseconds * std::pow(kGrowth, static_cast<double>(bucket));
  return within(std::chrono::milliseconds(std::llround(std::ceil(3 * p99))));
}

}  // namespace filmoteka::gateway
