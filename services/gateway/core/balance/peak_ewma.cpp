#include <gateway/core/balance/peak_ewma.hpp>

#include <algorithm>
#include <cmath>

namespace filmoteka::gateway {
namespace {

/// In that time an observation falls to 37 % of its weight.
constexpr std::chrono::duration<double> kMemory{5.0};

double weight_after(SteadyTime::duration passed) {
  return std::exp(-std::max(0.0, std::chrono::duration<double>(passed) / kMemory));
}

}  // namespace

void PeakEwma::observe(std::chrono::nanoseconds took, SteadyTime now) {
  const auto sample = static_cast<double>(took.count());
  const double weight = stamp_ ? weight_after(now - *stamp_) : 0.0;
  value_ = std::max(sample, value_ * weight + sample * (1.0 - weight));
  stamp_ = now;
}

std::optional<double> PeakEwma::value(SteadyTime now) const {
  if (!stamp_) return std::nullopt;
  return value_ * weight_after(now - *stamp_);
}

}  // namespace filmoteka::gateway
