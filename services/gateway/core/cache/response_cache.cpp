#include <gateway/core/cache/response_cache.hpp>
#include <gateway/core/cache/sieve.hpp>

#include <algorithm>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// What a node costs beyond its key and its entry: the node itself, its bucket, malloc's headers.
constexpr std::size_t kNodeOverhead = 160;

struct Key {
  std::string text;
  std::uint64_t hash;
};
struct KeyView {
  std::string_view text;
  std::uint64_t hash;
};
struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(const auto& key) const { return key.hash; }
};
struct KeyEqual {
  using is_transparent = void;
  bool operator()(const auto& a, const auto& b) const { return a.text == b.text; }
};

}  // namespace

class ResponseCache::Shard {
 public:
  explicit Shard(std::size_t capacity) : capacity_(capacity) {}

  std::shared_ptr<Entry> find(KeyView key) {
    const std::lock_guard lock(mutex_);
    const auto found = nodes_.find(key);
    if (found == nodes_.end()) return nullptr;
    found->second.visited = true;
    return found->second.entry;
  }

  /// Returns how many entries had to go for this one.
  std::uint64_t store(KeyView key, std::shared_ptr<Entry> entry) {
    const std::size_t charge = key.text.size() + entry->bytes() + kNodeOverhead;
    // What is replaced or evicted is freed after the lock is released.
    std::vector<std::shared_ptr<Entry>> freed;
    const std::lock_guard lock(mutex_);
    const auto existing = nodes_.find(key);
    if (charge > capacity_) {
      if (existing != nodes_.end()) freed.push_back(erase(existing->second));
      return 0;
    }
    if (existing != nodes_.end()) {
      bytes_ += charge - existing->second.charge;
      existing->second.charge = charge;
      freed.push_back(std::exchange(existing->second.entry, std::move(entry)));
    } else {
      insert(key, std::move(entry), charge);
    }
    return evict(freed);
  }

  std::pair<std::size_t, std::size_t> bytes_and_size() const {
    const std::lock_guard lock(mutex_);
    return {bytes_, nodes_.size()};
  }

 private:
  struct Node : SieveLinks {
    std::shared_ptr<Entry> entry;
    std::size_t charge = 0;
    const Key* key = nullptr;
  };

  void insert(KeyView key, std::shared_ptr<Entry> entry, std::size_t charge) {
    const auto position = nodes_.try_emplace(Key{std::string(key.text), key.hash}).first;
    Node& node = position->second;
    node.entry = std::move(entry);
    node.charge = charge;
    node.key = &position->first;
    queue_.push_newest(node);
    bytes_ += charge;
  }

  std::shared_ptr<Entry> erase(Node& node) {
    queue_.remove(node);
    bytes_ -= node.charge;
    auto entry = std::move(node.entry);
    nodes_.erase(nodes_.find(*node.key));
    return entry;
  }

  std::uint64_t evict(std::vector<std::shared_ptr<Entry>>& freed) {
    std::uint64_t evicted = 0;
    for (; bytes_ > capacity_; ++evicted) freed.push_back(erase(static_cast<Node&>(*queue_.victim())));
    return evicted;
  }

  mutable std::mutex mutex_;  // guards all below; held for a lookup or a store, never while anything is made
  std::unordered_map<Key, Node, KeyHash, KeyEqual> nodes_;
  SieveQueue queue_;
  std::size_t capacity_;
  std::size_t bytes_ = 0;
};

ResponseCache::ResponseCache(const CacheSettings& settings, const HashSeed& seed) : seed_(seed) {
  const std::size_t count = std::max<std::size_t>(settings.shards, 1);
  for (std::size_t i = 0; i < count; ++i)
    shards_.push_back(std::make_unique<Shard>(settings.max_bytes / count));
}

ResponseCache::~ResponseCache() = default;

std::shared_ptr<Entry> ResponseCache::find(std::string_view key) {
  const std::uint64_t hash = siphash24(key, seed_);
  return shard_of(hash >> 32).find({key, hash});
}

std::uint64_t ResponseCache::store(std::string_view key, std::shared_ptr<Entry> entry) {
  const std::uint64_t hash = siphash24(key, seed_);
  return shard_of(hash >> 32).store({key, hash}, std::move(entry));
}

std::size_t ResponseCache::bytes() const {
  std::size_t total = 0;
  for (const auto& shard : shards_) total += shard->bytes_and_size().first;
  return total;
}

std::size_t ResponseCache::size() const {
  std::size_t total = 0;
  for (const auto& shard : shards_) total += shard->bytes_and_size().second;
  return total;
}

}  // namespace filmoteka::gateway
