/// A cache in memory: bounded in bytes, sharded so that threads seldom meet, evicting by S3-FIFO.
#pragma once

#include <gateway/core/cache/cache_shard.hpp>
#include <gateway/core/cache/key_hash.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

struct CacheSettings {
  std::size_t max_bytes = 64 * 1024 * 1024;  ///< of keys, values and book-keeping
};

/// Thread-safe. Of a Value it knows nothing but bytes(): whether one is still good is for him to say who
/// finds it, and he may erase() it if not. Values that nobody asks for leave in the order in which they came,
/// which is about that of their ends.
///
/// Shards have 4 MiB or more (one shard has what there is): small ones would hold few large values and divide
/// the bytes unevenly, large ones would be locked for long when many values get another round.
template <class Value>
class BoundedCache {
 public:
  explicit BoundedCache(const CacheSettings& settings, const HashSeed& seed = HashSeed::random())
      : seed_(seed) {
    const std::size_t count = std::clamp<std::size_t>(settings.max_bytes / kShardBytes, 1, kMostShards);
    for (std::size_t i = 0; i < count; ++i) {
      shards_.push_back(std::make_unique<CacheShard<Value>>(settings.max_bytes / count));
    }
  }

  /// Null if there is none. A hit is counted as a use.
  std::shared_ptr<Value> find(std::string_view key) {
    const Key hashed = hashed_key(key);
    return shard_of(hashed).find(hashed);
  }
  /// Replaces what was there, and charges the bytes that the value has now: store it again when it has grown.
  /// A value that takes more than a quarter of a shard is not kept, nor what it was to replace; a large one
  /// only where there is room, or when it comes again. Returns how many others were evicted for it.
  std::uint64_t store(std::string_view key, std::shared_ptr<Value> value) {
    const Key hashed = hashed_key(key);
    return shard_of(hashed).store(hashed, std::move(value));
  }
  /// True if there was one.
  bool erase(std::string_view key) {
    const Key hashed = hashed_key(key);
    return shard_of(hashed).erase(hashed);
  }

  std::size_t bytes() const {
    return sum([](const CacheShard<Value>& shard) { return shard.bytes(); });
  }
  std::size_t size() const {
    return sum([](const CacheShard<Value>& shard) { return shard.size(); });
  }

 private:
  using Key = typename CacheShard<Value>::Key;
  static constexpr std::size_t kShardBytes = std::size_t{4} << 20;
  static constexpr std::size_t kMostShards = 256;

  Key hashed_key(std::string_view text) const { return {text, siphash24(text, seed_)}; }
  /// By the upper half of the hash: the tables inside use the lower one.
  CacheShard<Value>& shard_of(const Key& key) { return *shards_[(key.hash >> 32) % shards_.size()]; }
  std::size_t sum(auto of) const {
    std::size_t total = 0;
    for (const auto& shard : shards_) total += of(*shard);
    return total;
  }

  HashSeed seed_;
  std::vector<std::unique_ptr<CacheShard<Value>>> shards_;
};

}  // namespace filmoteka::gateway
