#include <gtest/gtest.h>
#include <metadata/core/live/low_priority.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

namespace filmoteka::metadata {
namespace {

TEST(LowPriority, is_that_of_one_thread) {
  const int mine = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
  int others = 0;
  std::thread([&others] { others = lower_priority(); }).join();
  EXPECT_GE(others, kMergeNiceness);
  EXPECT_EQ(getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())), mine);
}

TEST(LowPriority, is_never_raised) {
  int first = 0;
  int second = 0;
  std::thread([&] {
    first = lower_priority(15);
    second = lower_priority(10);
  }).join();
  EXPECT_EQ(second, first);
}

}  // namespace
}  // namespace filmoteka::metadata
