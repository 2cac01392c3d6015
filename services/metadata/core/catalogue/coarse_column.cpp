#include <metadata/core/catalogue/coarse_column.hpp>

#include <algorithm>
#include <limits>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kMostGroups = 256;

template <class T>
CoarseColumn make(std::span<const T> values, std::span<const Row> ascending) {
  const std::size_t groups = std::min(kMostGroups, values.size());
  CoarseColumn column{std::vector<std::int8_t>(values.size()),
                      std::vector<std::int64_t>(groups, std::numeric_limits<std::int64_t>::max()),
                      std::vector<std::int64_t>(groups)};
  const auto lower = std::is_sorted_until(ascending.begin(), ascending.end(),
                                          [&](Row a, Row b) { return values[a] < values[b]; });
  std::size_t position = 0;
  const auto add = [&](Row row) {
    const std::size_t group = position++ * groups / values.size();
    column.group[row] = static_cast<std::int8_t>(static_cast<int>(group) + std::int8_t{-128});
    column.lowest[group] = std::min(column.lowest[group], std::int64_t{values[row]});
    column.highest[group] = values[row];
  };
  std::for_each(lower, ascending.end(), add);
  std::for_each(ascending.begin(), lower, add);
  return column;
}

}  // namespace

CoarseColumn make_coarse_column(std::span<const std::int64_t> values, std::span<const Row> ascending) {
  return make(values, ascending);
}
CoarseColumn make_coarse_column(std::span<const std::int32_t> values, std::span<const Row> ascending) {
  return make(values, ascending);
}

}  // namespace filmoteka::metadata
