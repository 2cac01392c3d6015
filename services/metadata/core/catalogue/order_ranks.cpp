#include <metadata/core/catalogue/order_ranks.hpp>

#include <algorithm>

namespace filmoteka::metadata {

OrderRanks make_order_ranks(std::span<const Row> order, const Bitmap& set) {
  OrderRanks ranks;
  ranks.reserve(order.size() / kRankBlock + 2);
  ranks.push_back(0);
  while (!order.empty()) {
    const auto block = order.first(std::min(kRankBlock, order.size()));
    const auto count = std::count_if(block.begin(), block.end(), [&](Row row) { return set.test(row); });
    ranks.push_back(ranks.back() + static_cast<std::uint32_t>(count));
    order = order.subspan(block.size());
  }
  return ranks;
}

}  // namespace filmoteka::metadata
