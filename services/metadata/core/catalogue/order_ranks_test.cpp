#include <gtest/gtest.h>
#include <metadata/core/catalogue/order_ranks.hpp>
#include <metadata/core/testing/random.hpp>

#include <numeric>

namespace filmoteka::metadata {
namespace {

TEST(OrderRanks, SayHowManyOfASetComeBeforeEachBlock) {
  testing::Random random(1);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, kRankBlock - 1, kRankBlock, kRankBlock + 1, 3 * kRankBlock + 7}) {
    std::vector<Row> order(size);
    std::iota(order.rbegin(), order.rend(), 0U);
    Bitmap set(size);
    for (std::size_t row = 0; row < size; ++row) {
      if (random.chance(30)) set.set(row);
    }
    const OrderRanks ranks = make_order_ranks(order, set);
    ASSERT_EQ(ranks.size(), (size + kRankBlock - 1) / kRankBlock + 1);
    std::size_t before = 0;
    for (std::size_t position = 0; position < size; ++position) {
      if (position % kRankBlock == 0) {
        EXPECT_EQ(ranks[position / kRankBlock], before);
      }
      before += set.test(order[position]) ? 1U : 0U;
    }
    EXPECT_EQ(ranks.back(), set.count());
  }
}

}  // namespace
}  // namespace filmoteka::metadata
