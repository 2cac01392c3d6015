#include <gateway/core/cache/s3_fifo.hpp>

namespace filmoteka::gateway {

void S3Fifo::Queue::push(S3FifoLinks& node) {
  node.newer = nullptr;
  node.older = newest;
  (newest != nullptr ? newest->newer : oldest) = &node;
  newest = &node;
  bytes += node.charge;
}

void S3Fifo::Queue::remove(S3FifoLinks& node) {
  (node.newer != nullptr ? node.newer->older : newest) = node.older;
  (node.older != nullptr ? node.older->newer : oldest) = node.newer;
  bytes -= node.charge;
}

S3Fifo::S3Fifo(std::size_t capacity)
    : capacity_(capacity), small_capacity_(capacity / 10), ghosts_(capacity - capacity / 10) {}

bool S3Fifo::admits(std::uint64_t hash, std::size_t charge) {
  if (bytes() + charge <= capacity_ || charge <= small_capacity_ || ghosts_.contains(hash)) return true;
  ghosts_.add(hash, charge);
  return false;
}

void S3Fifo::insert(S3FifoLinks& node) {
  node.uses = 0;
  node.is_in_main = ghosts_.take(node.hash);
  queue_of(node).push(node);
}

void S3Fifo::remove(S3FifoLinks& node) {
  queue_of(node).remove(node);
}

void S3Fifo::recharge(S3FifoLinks& node, std::size_t charge) {
  Queue& queue = queue_of(node);
  queue.bytes = queue.bytes - node.charge + charge;
  node.charge = charge;
}

S3FifoLinks* S3Fifo::evict() {
  if (small_.bytes > small_capacity_) {
    if (S3FifoLinks* victim = evict_from_small()) return victim;
  }
  if (S3FifoLinks* victim = evict_from_main()) return victim;
  return evict_from_small();
}

void S3Fifo::move_to_main(S3FifoLinks& node, std::uint8_t uses) {
  remove(node);
  node.uses = uses;
  node.is_in_main = true;
  main_.push(node);
}

S3FifoLinks* S3Fifo::evict_from_small() {
  while (S3FifoLinks* node = small_.oldest) {
    if (node->uses > 0) {
      move_to_main(*node, 0);
      continue;
    }
    small_.remove(*node);
    ghosts_.add(node->hash, node->charge);
    return node;
  }
  return nullptr;
}

S3FifoLinks* S3Fifo::evict_from_main() {
  while (S3FifoLinks* node = main_.oldest) {
    if (node->uses > 0) {
      move_to_main(*node, static_cast<std::uint8_t>(node->uses - 1));
      continue;
    }
    main_.remove(*node);
    return node;
  }
  return nullptr;
}

}  // namespace filmoteka::gateway
