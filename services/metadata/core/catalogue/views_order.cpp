#include <metadata/core/catalogue/radix_sort.hpp>
#include <metadata/core/catalogue/views_order.hpp>

#include <utility>

namespace filmoteka::metadata {

std::size_t ViewsOrder::bytes() const {
  return views.capacity() * sizeof(std::int64_t) +
         (ascending.capacity() + descending.capacity()) * sizeof(Row) + coarse.bytes() +
         (active_before_ascending.capacity() + active_before_descending.capacity()) * sizeof(std::uint32_t);
}

std::shared_ptr<const ViewsOrder> make_views_order(const Segment& segment, const ViewCounts& local) {
  ViewsOrder order;
  order.local_total = local.total();
  order.views.reserve(segment.size());
  for (Row row = 0; row < segment.size(); ++row) {
    order.views.push_back(segment.source_views[row] + local.at(segment.view_slot[row]));
  }
  const std::vector<std::uint64_t> keys(order.views.begin(), order.views.end());
  order.ascending = sorted_rows(keys);
  order.descending = reversed_groups(order.ascending, keys);
  order.active_before_ascending = make_order_ranks(order.ascending, segment.active);
  order.active_before_descending = make_order_ranks(order.descending, segment.active);
  order.coarse = make_coarse_column(order.views, order.ascending);
  return std::make_shared<const ViewsOrder>(std::move(order));
}

}  // namespace filmoteka::metadata
