/// How many calls may be repeated, so that repeating never becomes the load that breaks what is left.
#pragma once

#include <filmoteka/base/clock.hpp>

namespace filmoteka::gateway {

struct RetryBudgetSettings {
  double share = 0.1;       ///< of the calls
  double minimum = 10;      ///< to begin with
  double per_second = 0.5;  ///< besides, so that a gateway with little to do may retry at all
  double most = 100;        ///< that can be saved up
};

/// Finagle's retry budget (RetryBudget.scala): each call puts a tenth of a token in, each repetition takes
/// one out. In any time no more than a tenth of its calls, what was saved up and `per_second` are repeated.
/// Pure; not thread-safe.
class RetryBudget {
 public:
  explicit RetryBudget(const RetryBudgetSettings& settings)
      : settings_(settings), tokens_(settings.minimum) {}
  /// A call has begun that is not a repetition.
  void deposit(SteadyTime now);
  bool has_one() const { return tokens_ >= 1; }
  /// False: do not repeat.
  bool withdraw();

 private:
  RetryBudgetSettings settings_;
  double tokens_;
  SteadyTime last_{};  ///< deposit; the epoch before the first
};

}  // namespace filmoteka::gateway
