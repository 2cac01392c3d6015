/// One part of a BoundedCache: its own lock, its own queues, its own share of the bytes.
#pragma once

#include <gateway/core/cache/s3_fifo.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace filmoteka::gateway {

/// Thread-safe. The lock is held for a look-up or a change of the table and the queues. What leaves is freed
/// after it.
template <class Value>
class CacheShard {
 public:
  struct Key {
    std::string_view text;
    std::uint64_t hash;
  };

  explicit CacheShard(std::size_t capacity) : capacity_(capacity), queues_(capacity) {}

  std::shared_ptr<Value> find(Key key) {
    const std::lock_guard lock(mutex_);
    const auto found = nodes_.find(key);
    if (found == nodes_.end()) return nullptr;
    S3Fifo::note_use(found->second);
    return found->second.value;
  }

  /// Returns how many others had to go.
  std::uint64_t store(Key key, std::shared_ptr<Value> value) {
    OwnKey own{std::string(key.text), key.hash};
    const std::size_t charge = key.text.size() + value->bytes() + kOverhead;
    Freed freed;  // before the lock: it goes after it
    const std::lock_guard lock(mutex_);
    const auto existing = nodes_.find(key);
    if (charge > capacity_ / kShareOfOne || (existing == nodes_.end() && !queues_.admits(key.hash, charge))) {
      if (existing != nodes_.end()) freed.push_back(take(existing->second));
      return 0;
    }
    if (existing != nodes_.end()) {
      queues_.recharge(existing->second, charge);
      existing->second.value.swap(value);
    } else {
      insert(std::move(own), std::move(value), charge);
    }
    return evict(freed);
  }

  bool erase(Key key) {
    Freed freed;
    const std::lock_guard lock(mutex_);
    const auto found = nodes_.find(key);
    if (found == nodes_.end()) return false;
    freed.push_back(take(found->second));
    return true;
  }

  std::size_t bytes() const {
    const std::lock_guard lock(mutex_);
    return queues_.bytes();
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return nodes_.size();
  }

 private:
  struct OwnKey {
    std::string text;
    std::uint64_t hash;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const auto& key) const noexcept { return key.hash; }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const { return a.hash == b.hash && a.text == b.text; }
  };
  struct Node : S3FifoLinks {
    std::shared_ptr<Value> value;
    const OwnKey* key = nullptr;
  };
  using Nodes = std::unordered_map<OwnKey, Node, Hash, Equal>;
  using Freed = std::vector<typename Nodes::node_type>;

  /// What an entry costs beyond its key and its value: the node, its bucket, two shared counters, malloc's
  /// headers.
  static constexpr std::size_t kOverhead = sizeof(OwnKey) + sizeof(Node) + 72;
  /// One entry takes a quarter at most: a few large ones would leave room for nothing else.
  static constexpr std::size_t kShareOfOne = 4;

  void insert(OwnKey key, std::shared_ptr<Value> value, std::size_t charge) {
    const auto position = nodes_.try_emplace(std::move(key)).first;
    Node& node = position->second;
    node.hash = position->first.hash;
    node.charge = charge;
    node.value = std::move(value);
    node.key = &position->first;
    queues_.insert(node);
  }

  typename Nodes::node_type take(Node& node) {
    queues_.remove(node);
    return nodes_.extract(*node.key);
  }

  std::uint64_t evict(Freed& freed) {
    std::uint64_t evicted = 0;
    for (; queues_.is_full(); ++evicted) {
      freed.push_back(nodes_.extract(*static_cast<Node*>(queues_.evict())->key));
    }
    return evicted;
  }

  const std::size_t capacity_;
  mutable std::mutex mutex_;  // guards all below
  Nodes nodes_;
  S3Fifo queues_;
};

}  // namespace filmoteka::gateway
