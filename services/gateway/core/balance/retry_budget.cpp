#include <gateway/core/balance/retry_budget.hpp>

#include <algorithm>

namespace filmoteka::gateway {

void RetryBudget::deposit(SteadyTime now) {
  const double seconds = last_ == SteadyTime{} ? 0 : std::chrono::duration<double>(now - last_).count();
  last_ = std::max(last_, now);
  const double more = settings_.share + std::max(0.0, seconds) * settings_.per_second;
  tokens_ = std::min(settings_.most, tokens_ + more);
}

bool RetryBudget::withdraw() {
  if (!has_one()) return false;
  tokens_ -= 1;
  return true;
}

}  // namespace filmoteka::gateway
