/// The metrics themselves. Each is split into shards on cache lines of their own, so that I/O threads that
/// count the same thing do not take the line from each other.
#pragma once

#include <filmoteka/telemetry/metrics.hpp>

#include <array>
#include <atomic>
#include <cstdint>

namespace filmoteka::telemetry {

inline constexpr std::size_t kShards = 8;
/// The shard of the calling thread.
std::size_t shard_index();

class ShardedCounter final : public Counter {
 public:
  /// A counter never goes down: negative values and NaN are ignored.
  void increment(double by) override;
  double value() const;

 private:
  struct alignas(64) Shard {
    std::atomic<double> value{0};
  };
  std::array<Shard, kShards> shards_;
};

class AtomicGauge final : public Gauge {
 public:
  void set(double value) override { value_.store(value, std::memory_order_relaxed); }
  void add(double by) override { value_.fetch_add(by, std::memory_order_relaxed); }
  double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

class ShardedHistogram final : public Histogram {
 public:
  static constexpr std::size_t kMaxBuckets = 31;
  /// `bounds` ascend strictly; at most kMaxBuckets of them.
  explicit ShardedHistogram(std::vector<double> bounds);
  void observe(double value) override;

  struct Reading {
    std::vector<std::uint64_t>
        counts;  ///< not cumulative; one more than bounds, the last is above all of them
    double sum = 0;
  };
  Reading read() const;
  const std::vector<double>& bounds() const { return bounds_; }

 private:
  struct alignas(64) Shard {
    std::atomic<double> sum{0};
    std::array<std::atomic<std::uint64_t>, kMaxBuckets + 1> counts{};
  };
  std::vector<double> bounds_;
  std::array<Shard, kShards> shards_;
};

}  // namespace filmoteka::telemetry
