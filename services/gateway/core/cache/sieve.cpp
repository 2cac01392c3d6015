#include <gateway/core/cache/sieve.hpp>

namespace filmoteka::gateway {

void SieveQueue::push_newest(SieveLinks& node) {
  node = SieveLinks{.newer = nullptr, .older = newest_, .visited = false};
  if (newest_ != nullptr) newest_->newer = &node;
  newest_ = &node;
  if (oldest_ == nullptr) oldest_ = &node;
}

void SieveQueue::remove(SieveLinks& node) {
  if (hand_ == &node) hand_ = node.newer;
  (node.newer != nullptr ? node.newer->older : newest_) = node.older;
  (node.older != nullptr ? node.older->newer : oldest_) = node.newer;
}

SieveLinks* SieveQueue::victim() {
  if (oldest_ == nullptr) return nullptr;
  if (hand_ == nullptr) hand_ = oldest_;
  while (hand_->visited) {
    hand_->visited = false;
    hand_ = hand_->newer != nullptr ? hand_->newer : oldest_;
  }
  return hand_;
}

}  // namespace filmoteka::gateway
