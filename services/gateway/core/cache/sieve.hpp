/// SIEVE eviction: Zhang, Yang, Yue, Vigfusson, Rashmi: "SIEVE is Simpler than LRU: an Efficient Turn-Key
/// Eviction Algorithm for Web Caches", NSDI 2024. One queue in the order of arrival, one bit a node. A hit
/// only sets the bit. To evict, a hand walks from the oldest to the newest: it clears set bits and takes the
/// first node whose bit is clear; it stays where it stopped. Survivors do not move, so newcomers are sifted
/// quickly.
#pragma once

#include <cstddef>

namespace filmoteka::gateway {

/// What a cached thing carries to be in the queue.
struct SieveLinks {
  SieveLinks* newer = nullptr;
  SieveLinks* older = nullptr;
  bool visited = false;
};

/// An intrusive queue: owns nothing. Not thread-safe.
class SieveQueue {
 public:
  void push_newest(SieveLinks& node);
  void remove(SieveLinks& node);
  /// Whom to evict next, still in the queue; null if the queue is empty.
  SieveLinks* victim();

 private:
  SieveLinks* newest_ = nullptr;
  SieveLinks* oldest_ = nullptr;
  SieveLinks* hand_ = nullptr;  ///< null: starts at the oldest
};

}  // namespace filmoteka::gateway
