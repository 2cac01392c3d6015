/// S3-FIFO eviction: Yang, Zhang, Qiu, Yue, Vinayak: "FIFO queues are all you need for cache eviction",
/// SOSP 2023; here with sizes in bytes. Newcomers pass through a small queue with a tenth of the bytes. Who
/// was used there goes on to the main queue (there: who was used twice; docs/decisions has the figures), all
/// others go, and only their hashes are remembered. Who comes back while he is remembered goes to the main
/// queue at once. There, who was used gets another round for each use, three at most. A hit counts, and moves
/// nothing.
///
/// So a crawler that asks for everything once goes through the small queue and leaves the main one alone.
#pragma once

#include <gateway/core/cache/ghost_list.hpp>

#include <cstddef>
#include <cstdint>

namespace filmoteka::gateway {

/// What a cached thing carries to be in a queue.
struct S3FifoLinks {
  S3FifoLinks* newer = nullptr;
  S3FifoLinks* older = nullptr;
  std::uint64_t hash = 0;  ///< of its key
  std::size_t charge = 0;  ///< in bytes
  std::uint8_t uses = 0;   ///< since it came into its queue, or came round there; at most 3
  bool is_in_main = false;
};

/// Intrusive queues: own nothing. Not thread-safe.
class S3Fifo {
 public:
  /// `capacity` in bytes, of all charges.
  explicit S3Fifo(std::size_t capacity);

  /// False for what would push out all other newcomers and has not been asked for lately; it is remembered,
  /// so that it is admitted the next time. While there is room, everything that fits is admitted.
  bool admits(std::uint64_t hash, std::size_t charge);
  /// `node` has its hash and its charge.
  void insert(S3FifoLinks& node);
  void remove(S3FifoLinks& node);
  void recharge(S3FifoLinks& node, std::size_t charge);
  static void note_use(S3FifoLinks& node) {
    if (node.uses < kMostUses) ++node.uses;
  }

  std::size_t bytes() const { return small_.bytes + main_.bytes; }
  bool is_full() const { return bytes() > capacity_; }
  /// Whom to let go; he is in no queue any more. Null if nobody is left.
  S3FifoLinks* evict();

 private:
  static constexpr std::uint8_t kMostUses = 3;

  struct Queue {
    S3FifoLinks* newest = nullptr;
    S3FifoLinks* oldest = nullptr;
    std::size_t bytes = 0;
    void push(S3FifoLinks& node);
    void remove(S3FifoLinks& node);
  };
  Queue& queue_of(const S3FifoLinks& node) { return node.is_in_main ? main_ : small_; }
  void move_to_main(S3FifoLinks& node, std::uint8_t uses);
  S3FifoLinks* evict_from_small();
  S3FifoLinks* evict_from_main();

  std::size_t capacity_;
  std::size_t small_capacity_;
  Queue small_;
  Queue main_;
  GhostList ghosts_;
};

}  // namespace filmoteka::gateway
