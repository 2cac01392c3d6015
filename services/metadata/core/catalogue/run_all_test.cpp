#include <gtest/gtest.h>
#include <metadata/core/catalogue/run_all.hpp>

#include <atomic>
#include <stdexcept>

namespace filmoteka::metadata {
namespace {

TEST(RunAll, RunsEachJobOnceOnAnyNumberOfThreads) {
  for (const std::size_t threads : {0U, 1U, 2U, 9U}) {
    std::vector<std::atomic<int>> runs(5);
    std::vector<std::function<void()>> jobs;
    for (auto& count : runs) jobs.emplace_back([&count] { ++count; });
    run_all(jobs, threads);
    for (const auto& count : runs) EXPECT_EQ(count, 1);
  }
}

TEST(RunAll, PassesAFailureOnAndLeavesTheRestOut) {
  bool ran = false;
  const std::vector<std::function<void()>> jobs = {[] { throw std::runtime_error("no"); },
                                                   [&ran] {
                                                     ran = true;
                                                   }};
  EXPECT_THROW(run_all(jobs, 1), std::runtime_error);
  EXPECT_FALSE(ran);
  EXPECT_THROW(run_all({jobs.front()}, 3), std::runtime_error);
}

}  // namespace
}  // namespace filmoteka::metadata
