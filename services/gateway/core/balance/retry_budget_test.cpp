#include <gateway/core/balance/retry_budget.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kStart{1h};

int withdraw_all(RetryBudget& budget) {
  int taken = 0;
  while (budget.withdraw()) ++taken;
  return taken;
}

TEST(RetryBudget, IsATenthOfTheCallsAndTheMinimum) {
  RetryBudget budget({});
  int repeated = 0;
  for (int call = 0; call < 10'000; ++call) {
    budget.deposit(kStart);
    while (budget.withdraw()) ++repeated;
  }
  EXPECT_NEAR(repeated, 1'010, 1);
}

TEST(RetryBudget, LetsAGatewayWithLittleToDoRetry) {
  RetryBudget budget({});
  budget.deposit(kStart);
  withdraw_all(budget);
  EXPECT_FALSE(budget.has_one());
  budget.deposit(kStart + 10s);
  EXPECT_EQ(withdraw_all(budget), 5);
}

TEST(RetryBudget, DoesNotSaveUpWithoutEnd) {
  RetryBudget budget({});
  for (int call = 0; call < 100'000; ++call) budget.deposit(kStart);
  budget.deposit(kStart + 24h);
  EXPECT_EQ(withdraw_all(budget), 100);
}

TEST(RetryBudget, TimeOfAnotherThreadThatGoesBackTakesNothing) {
  RetryBudget budget({.minimum = 0});
  budget.deposit(kStart + 1s);
  budget.deposit(kStart);
  budget.deposit(kStart + 1s);
  EXPECT_EQ(withdraw_all(budget), 0);
}

}  // namespace
}  // namespace filmoteka::gateway
