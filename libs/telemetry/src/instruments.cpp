#include "instruments.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace filmoteka::telemetry {

std::size_t shard_index() {
  static std::atomic<std::size_t> next{0};
  thread_local const std::size_t index = next.fetch_add(1, std::memory_order_relaxed) % kShards;
  return index;
}

void ShardedCounter::increment(double by) {
  if (by > 0) shards_[shard_index()].value.fetch_add(by, std::memory_order_relaxed);
}

double ShardedCounter::value() const {
  double sum = 0;
  for (const Shard& shard : shards_) sum += shard.value.load(std::memory_order_relaxed);
  return sum;
}

ShardedHistogram::ShardedHistogram(std::vector<double> bounds) : bounds_(std::move(bounds)) {
  const bool ascending =
      std::adjacent_find(bounds_.begin(), bounds_.end(), std::greater_equal<>()) == bounds_.end();
  if (bounds_.empty() || bounds_.size() > kMaxBuckets || !ascending) {
    throw std::invalid_argument("a histogram needs 1 to 31 ascending bucket bounds");
  }
}

void ShardedHistogram::observe(double value) {
  if (std::isnan(value)) return;
  const auto bucket =
      static_cast<std::size_t>(std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin());
  Shard& shard = shards_[shard_index()];
  shard.counts[bucket].fetch_add(1, std::memory_order_relaxed);
  shard.sum.fetch_add(value, std::memory_order_relaxed);
}

ShardedHistogram::Reading ShardedHistogram::read() const {
  Reading reading{std::vector<std::uint64_t>(bounds_.size() + 1), 0};
  for (const Shard& shard : shards_) {
    for (std::size_t i = 0; i <= bounds_.size(); ++i) {
      reading.counts[i] += shard.counts[i].load(std::memory_order_relaxed);
    }
    reading.sum += shard.sum.load(std::memory_order_relaxed);
  }
  return reading;
}

}  // namespace filmoteka::telemetry
