#include <gateway/core/limits/load_board.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

TEST(LoadBoard, says_what_every_thread_would_say) {
  LoadBoard board(2);
  LoadLevel one({}, &board);
  LoadLevel other({}, &board);
  EXPECT_EQ(board.least(), Load::kNormal);
  one.level(600);
  EXPECT_EQ(board.least(), Load::kNormal) << "the other thread would still ask";
  other.level(30);
  EXPECT_EQ(board.least(), Load::kBusy);
  other.level(600);
  EXPECT_EQ(board.least(), Load::kOverloaded);
  one.level(0);
  EXPECT_EQ(board.least(), Load::kNormal);
}

TEST(LoadBoard, hears_of_late_timers_without_a_question) {
  LoadBoard board(1);
  LoadLevel load({}, &board);
  SteadyTime now{1h};
  for (int i = 0; i < 20; ++i) load.on_lag(500ms, now += 550ms);
  EXPECT_EQ(board.least(), Load::kOverloaded);
  for (int i = 0; i < 200; ++i) load.on_lag(1ms, now += 51ms);
  EXPECT_EQ(board.least(), Load::kNormal);
}

}  // namespace
}  // namespace filmoteka::gateway
