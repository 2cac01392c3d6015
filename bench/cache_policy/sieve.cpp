#include "sieve.hpp"

namespace filmoteka::bench {

void Sieve::insert(Links& node) {
  node.older = newest_;
  (newest_ != nullptr ? newest_->newer : oldest_) = &node;
  newest_ = &node;
  bytes_ += node.charge;
}

void Sieve::remove(Links& node) {
  if (hand_ == &node) hand_ = node.newer;
  (node.newer != nullptr ? node.newer->older : newest_) = node.older;
  (node.older != nullptr ? node.older->newer : oldest_) = node.newer;
  bytes_ -= node.charge;
}

Sieve::Links* Sieve::evict() {
  if (hand_ == nullptr) hand_ = oldest_;
  while (hand_->visited) {
    hand_->visited = false;
    hand_ = hand_->newer != nullptr ? hand_->newer : oldest_;
  }
  Links* victim = hand_;
  remove(*victim);
  return victim;
}

}  // namespace filmoteka::bench
