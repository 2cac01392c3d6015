/// The cache of answers in memory: bounded in bytes, sharded so that threads seldom meet, evicting by SIEVE.
#pragma once

#include <gateway/core/cache/entry.hpp>
#include <gateway/core/cache/key_hash.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

struct CacheSettings {
  std::size_t max_bytes = 64 * 1024 * 1024;  ///< of keys, heads, bodies and book-keeping
  std::size_t shards = 16;                   ///< each gets an equal part of the bytes; at least 1
};

/// Thread-safe. Expired entries stay until they are replaced or evicted: whoever asks decides by
/// Entry::is_fresh.
///
/// A key is a target as clients write it. An answer is stored under the normal form of its target, and may be
/// stored under other spellings of it too; each spelling is charged in full, because it alone can keep the
/// bodies alive.
class ResponseCache {
 public:
  explicit ResponseCache(const CacheSettings& settings, const HashSeed& seed = HashSeed::random());
  ~ResponseCache();

  /// Null if there is none. A hit marks the entry as used.
  std::shared_ptr<Entry> find(std::string_view key);
  /// Replaces what was there, and charges the bytes that the entry has now. An entry larger than a shard is
  /// not kept. Returns how many others were evicted for it.
  std::uint64_t store(std::string_view key, std::shared_ptr<Entry> entry);

  std::size_t bytes() const;
  std::size_t size() const;

 private:
  class Shard;
  Shard& shard_of(std::uint64_t hash) const { return *shards_[hash % shards_.size()]; }

  HashSeed seed_;
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace filmoteka::gateway
