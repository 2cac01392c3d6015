#include <gtest/gtest.h>
#include <metadata/core/catalogue/retired_parts.hpp>

#include <thread>

namespace filmoteka::metadata {
namespace {

// Says on which thread it was freed.
struct Part {
  explicit Part(std::thread::id& place) : freed_on(&place) {}
  ~Part() { *freed_on = std::this_thread::get_id(); }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  std::thread::id* freed_on;
};

TEST(RetiredParts, AreFreedByTheCallerOfFreeAndNotByTheirLastReader) {
  RetiredParts retired;
  std::thread::id freed_on;
  std::shared_ptr<const Part> read = std::make_shared<const Part>(freed_on);
  retired.add(read, 100);
  EXPECT_EQ(retired.free(), 1U) << "a reader holds it";
  EXPECT_EQ(retired.bytes(), 100U);
  std::thread([&read] { read.reset(); }).join();
  EXPECT_EQ(freed_on, std::thread::id());
  EXPECT_FALSE(retired.empty());
  EXPECT_EQ(retired.free(), 0U);
  EXPECT_EQ(freed_on, std::this_thread::get_id());
  EXPECT_TRUE(retired.empty());
}

}  // namespace
}  // namespace filmoteka::metadata
