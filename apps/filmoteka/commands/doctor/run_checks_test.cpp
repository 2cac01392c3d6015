#include <filmoteka/commands/doctor/run_checks.hpp>

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>

namespace filmoteka::app::doctor {
namespace {

TEST(RunChecks, findings_come_in_the_order_of_the_checks) {
  const auto found = run_checks({{"a",
                                  [] {
                                    return Findings{ok("a", "1"), ok("a", "2")};
                                  }},
                                 {"b",
                                  []() -> Findings {
                                    throw std::runtime_error("broken");
                                  }}},
                                std::chrono::seconds(60));
  ASSERT_EQ(found.findings.size(), 3U);
  EXPECT_EQ(found.findings[1], ok("a", "2"));
  EXPECT_EQ(found.findings[2].level, Level::kWrong);
  EXPECT_FALSE(found.has_unended);
}

TEST(RunChecks, one_that_hangs_is_said_and_holds_nobody_up) {
  // Lives as long as the thread that waits for it.
  const auto never = std::make_shared<std::promise<void>>();
  const auto found = run_checks({{"disk",
                                  [never] {
                                    never->get_future().wait();
                                    return Findings{};
                                  }},
                                 {"b",
                                  [] {
                                    return Findings{ok("b", "1")};
                                  }}},
                                std::chrono::milliseconds(200));
  EXPECT_TRUE(found.has_unended);
  ASSERT_EQ(found.findings.size(), 2U);
  EXPECT_EQ(found.findings[0].level, Level::kWrong);
  EXPECT_EQ(found.findings[0].what, "disk");
  never->set_value();
}

}  // namespace
}  // namespace filmoteka::app::doctor
