#include <gateway/core/cache/ghost_list.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

constexpr std::size_t kKiB = 1024;

/// Its own bucket and fingerprint for each number below 16.
std::uint64_t hash_of(std::uint64_t number) {
  return (number + 1) << 32 | number;
}

TEST(GhostList, an_empty_one_remembers_nobody) {
  GhostList list(64 * kKiB);
  EXPECT_FALSE(list.contains(0)) << "the hash that empty slots look like";
  EXPECT_FALSE(list.contains(hash_of(1)));
}

TEST(GhostList, remembers_until_a_window_of_bytes_has_gone_after) {
  GhostList list(10 * kKiB);
  list.add(hash_of(1), 3 * kKiB);
  list.add(hash_of(2), 9 * kKiB);
  EXPECT_TRUE(list.contains(hash_of(1)));
  list.add(hash_of(3), 1 * kKiB);
  EXPECT_FALSE(list.contains(hash_of(1)));
  EXPECT_TRUE(list.contains(hash_of(2)));
}

TEST(GhostList, counts_bytes_that_make_no_whole_kibibyte) {
  GhostList list(1 * kKiB);
  list.add(hash_of(1), 100);
  for (int i = 0; i < 11; ++i) list.add(hash_of(2), 100);
  EXPECT_FALSE(list.contains(hash_of(1)));
}

TEST(GhostList, who_is_taken_is_forgotten) {
  GhostList list(64 * kKiB);
  list.add(hash_of(1), kKiB);
  EXPECT_TRUE(list.take(hash_of(1)));
  EXPECT_FALSE(list.take(hash_of(1)));
  list.add(hash_of(1), kKiB);
  EXPECT_TRUE(list.contains(hash_of(1))) << "he may come again";
}

TEST(GhostList, a_full_bucket_forgets_its_oldest) {
  GhostList list(64 * kKiB);
  const auto in_one_bucket = [](std::uint64_t number) {
    return (number + 1) << 32;
  };
  for (std::uint64_t i = 0; i < 5; ++i) list.add(in_one_bucket(i), kKiB);
  EXPECT_FALSE(list.contains(in_one_bucket(0)));
  for (std::uint64_t i = 1; i < 5; ++i) EXPECT_TRUE(list.contains(in_one_bucket(i))) << i;
}

TEST(GhostList, who_goes_again_is_remembered_from_then_on) {
  GhostList list(10 * kKiB);
  list.add(hash_of(1), kKiB);
  list.add(hash_of(2), 8 * kKiB);
  list.add(hash_of(1), kKiB);
  list.add(hash_of(3), 9 * kKiB);
  EXPECT_TRUE(list.contains(hash_of(1)));
  EXPECT_FALSE(list.contains(hash_of(2)));
}

}  // namespace
}  // namespace filmoteka::gateway
