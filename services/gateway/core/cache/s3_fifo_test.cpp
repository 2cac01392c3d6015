#include <gateway/core/cache/s3_fifo.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <random>
#include <vector>

namespace filmoteka::gateway {
namespace {

constexpr std::size_t kKiB = 1024;

/// Nodes whose hashes never share a place in the list of ghosts, as long as there are less than 16.
S3FifoLinks node_of(std::uint64_t number, std::size_t kib) {
  S3FifoLinks node;
  node.hash = (number + 1) << 32 | number;
  node.charge = kib * kKiB;
  return node;
}

TEST(S3Fifo, an_empty_one_has_no_victim) {
  S3Fifo queues(100 * kKiB);
  EXPECT_EQ(queues.evict(), nullptr);
  EXPECT_EQ(queues.bytes(), 0U);
}

TEST(S3Fifo, newcomers_that_nobody_uses_leave_in_their_order) {
  S3Fifo queues(100 * kKiB);
  std::vector<S3FifoLinks> nodes;
  for (std::uint64_t i = 0; i < 4; ++i) nodes.push_back(node_of(i, 10));
  for (S3FifoLinks& node : nodes) queues.insert(node);
  EXPECT_EQ(queues.bytes(), 40 * kKiB);
  for (S3FifoLinks& node : nodes) EXPECT_EQ(queues.evict(), &node);
  EXPECT_EQ(queues.bytes(), 0U);
}

TEST(S3Fifo, who_was_used_outlives_the_newcomers_who_were_not) {
  S3Fifo queues(100 * kKiB);
  S3FifoLinks used = node_of(0, 10), first = node_of(1, 10), second = node_of(2, 10);
  for (S3FifoLinks* node : {&used, &first, &second}) queues.insert(*node);
  S3Fifo::note_use(used);
  EXPECT_EQ(queues.evict(), &first);
  EXPECT_TRUE(used.is_in_main);
  S3FifoLinks third = node_of(3, 10);
  queues.insert(third);
  EXPECT_EQ(queues.evict(), &second) << "the small queue has more than its tenth";
  EXPECT_EQ(queues.evict(), &used) << "now it has not";
  EXPECT_EQ(queues.evict(), &third);
}

TEST(S3Fifo, who_comes_back_in_time_is_no_newcomer) {
  S3Fifo queues(100 * kKiB);
  S3FifoLinks back = node_of(0, 10);
  queues.insert(back);
  EXPECT_EQ(queues.evict(), &back);
  queues.insert(back);
  EXPECT_TRUE(back.is_in_main);
  queues.remove(back);
  queues.insert(back);
  EXPECT_FALSE(back.is_in_main) << "he was remembered for once";
}

TEST(S3Fifo, in_the_main_queue_each_use_is_another_round_three_at_most) {
  S3Fifo queues(100 * kKiB);
  std::vector<S3FifoLinks> nodes{node_of(0, 10), node_of(1, 10)};
  for (S3FifoLinks& node : nodes) queues.insert(node);
  while (queues.evict() != nullptr) continue;
  for (S3FifoLinks& node : nodes) queues.insert(node);
  for (int i = 0; i < 9; ++i) S3Fifo::note_use(nodes[0]);
  EXPECT_EQ(nodes[0].uses, 3);
  EXPECT_EQ(queues.evict(), &nodes[1]);
  EXPECT_EQ(queues.evict(), &nodes[0]);
  EXPECT_EQ(nodes[0].uses, 0);
}

TEST(S3Fifo, what_is_larger_than_the_newcomers_queue_is_admitted_where_there_is_room_or_the_second_time) {
  S3Fifo queues(100 * kKiB);
  S3FifoLinks first = node_of(0, 60), large = node_of(1, 50), fitting = node_of(2, 10);
  EXPECT_TRUE(queues.admits(first.hash, first.charge));
  queues.insert(first);
  EXPECT_FALSE(queues.admits(large.hash, large.charge));
  EXPECT_TRUE(queues.admits(fitting.hash, fitting.charge));
  EXPECT_TRUE(queues.admits(large.hash, large.charge));
  queues.insert(large);
  EXPECT_TRUE(large.is_in_main);
}

TEST(S3Fifo, counts_what_grows) {
  S3Fifo queues(100 * kKiB);
  S3FifoLinks node = node_of(0, 60);
  queues.insert(node);
  EXPECT_FALSE(queues.is_full());
  queues.recharge(node, 101 * kKiB);
  EXPECT_TRUE(queues.is_full());
  EXPECT_EQ(queues.evict(), &node);
  EXPECT_EQ(queues.bytes(), 0U);
}

/// The same rules, on plain containers.
class Model {
 public:
  explicit Model(std::size_t capacity) : capacity_(capacity) {}

  struct Item {
    std::size_t number;
    std::size_t charge;
    int uses = 0;
  };
  void insert(std::size_t number, std::size_t charge) {
    (take_ghost(number) ? main_ : small_).push_front({number, charge});
  }
  void remove(std::size_t number) {
    for (auto* queue : {&small_, &main_})
      std::erase_if(*queue, [number](const Item& item) { return item.number == number; });
  }
  void use(std::size_t number) {
    for (auto* queue : {&small_, &main_}) {
      for (Item& item : *queue) {
        if (item.number == number) item.uses = std::min(item.uses + 1, 3);
      }
    }
  }
  std::size_t bytes() const { return bytes_of(small_) + bytes_of(main_); }
  std::optional<std::size_t> evict() {
    while (!small_.empty() || !main_.empty()) {
      const bool from_small = bytes_of(small_) > capacity_ / 10 || main_.empty();
      auto& queue = from_small || is_in_small_ ? small_ : main_;
      is_in_small_ = false;
      Item item = queue.back();
      queue.pop_back();
      if (&queue == &small_ && item.uses == 0) {
        gone_ += item.charge / kKiB;
        ghosts_.push_back({item.number, gone_});
        return item.number;
      }
      if (&queue == &main_ && item.uses == 0) return item.number;
      if (&queue == &small_) {
        // It looks for one of the small queue until that is empty.
        is_in_small_ = !small_.empty();
        item.uses = 0;
      } else {
        --item.uses;
      }
      main_.push_front(item);
    }
    return std::nullopt;
  }

 private:
  struct Ghost {
    std::size_t number;
    std::size_t gone_before;
  };
  bool take_ghost(std::size_t number) {
    bool is_known = false;
    for (const Ghost& ghost : ghosts_)
      is_known |= ghost.number == number && gone_ - ghost.gone_before < (capacity_ - capacity_ / 10) / kKiB;
    std::erase_if(ghosts_, [number](const Ghost& ghost) { return ghost.number == number; });
    return is_known;
  }
  static std::size_t bytes_of(const std::deque<Item>& queue) {
    std::size_t sum = 0;
    for (const Item& item : queue) sum += item.charge;
    return sum;
  }

  std::size_t capacity_;
  std::deque<Item> small_;  // the newest first
  std::deque<Item> main_;
  std::vector<Ghost> ghosts_;
  std::size_t gone_ = 0;  // KiB
  bool is_in_small_ = false;
};

TEST(S3Fifo, evicts_whom_a_plain_model_evicts) {
  constexpr std::size_t kNodes = 40;  // three to a bucket of ghosts at most: none is forgotten early
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const std::size_t capacity = (40 + random() % 200) * kKiB;
    S3Fifo queues(capacity);
    Model model(capacity);
    std::vector<S3FifoLinks> nodes(kNodes);
    std::vector<bool> is_in(kNodes, false);
    for (int step = 0; step < 1'000; ++step) {
      const std::size_t number = std::min(random() % kNodes, random() % kNodes);
      if (is_in[number] && random() % 10 == 0) {
        queues.remove(nodes[number]);
        model.remove(number);
        is_in[number] = false;
      } else if (is_in[number]) {
        S3Fifo::note_use(nodes[number]);
        model.use(number);
      } else {
        nodes[number] = node_of(number, 1 + random() % 12);
        queues.insert(nodes[number]);
        model.insert(number, nodes[number].charge);
        is_in[number] = true;
      }
      ASSERT_EQ(queues.bytes(), model.bytes());
      while (queues.is_full()) {
        const S3FifoLinks* victim = queues.evict();
        ASSERT_NE(victim, nullptr);
        ASSERT_EQ(victim - nodes.data(), static_cast<std::ptrdiff_t>(model.evict().value()))
            << "seed " << seed << ", step " << step;
        is_in[static_cast<std::size_t>(victim - nodes.data())] = false;
      }
    }
  }
}

}  // namespace
}  // namespace filmoteka::gateway
