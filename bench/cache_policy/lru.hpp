/// Least recently used, as a reference: a hit moves its node to the newest end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>

namespace filmoteka::bench {

class Lru {
 public:
  struct Links {
    std::uint64_t hash = 0;
    std::size_t charge = 0;
    std::list<Links*>::iterator place{};
  };

  explicit Lru(std::size_t capacity) : capacity_(capacity) {}

  bool admits(std::uint64_t, std::size_t charge) const { return charge <= capacity_; }
  void insert(Links& node) {
    node.place = order_.insert(order_.begin(), &node);
    bytes_ += node.charge;
  }
  void note_use(Links& node) { order_.splice(order_.begin(), order_, node.place); }
  bool is_full() const { return bytes_ > capacity_; }
  Links* evict() {
    Links* victim = order_.back();
    order_.pop_back();
    bytes_ -= victim->charge;
    return victim;
  }

 private:
  std::size_t capacity_;
  std::size_t bytes_ = 0;
  std::list<Links*> order_;  ///< the newest first
};

}  // namespace filmoteka::bench
