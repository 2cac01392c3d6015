/// SIEVE, as a reference: Zhang, Yang, Yue, Vigfusson, Rashmi: "SIEVE is Simpler than LRU: an Efficient
/// Turn-Key Eviction Algorithm for Web Caches", NSDI 2024. One queue in the order of arrival, one bit a node.
/// A hit only sets the bit. To evict, a hand walks from the oldest to the newest: it clears set bits and
/// takes the first node whose bit is clear; it stays where it stopped.
#pragma once

#include <cstddef>
#include <cstdint>

namespace filmoteka::bench {

class Sieve {
 public:
  struct Links {
    std::uint64_t hash = 0;
    std::size_t charge = 0;
    Links* newer = nullptr;
    Links* older = nullptr;
    bool visited = false;
  };

  explicit Sieve(std::size_t capacity) : capacity_(capacity) {}

  bool admits(std::uint64_t, std::size_t charge) const { return charge <= capacity_; }
  void insert(Links& node);
  void note_use(Links& node) { node.visited = true; }
  bool is_full() const { return bytes_ > capacity_; }
  Links* evict();

 private:
  void remove(Links& node);

  std::size_t capacity_;
  std::size_t bytes_ = 0;
  Links* newest_ = nullptr;
  Links* oldest_ = nullptr;
  Links* hand_ = nullptr;  ///< null: starts at the oldest
};

}  // namespace filmoteka::bench
