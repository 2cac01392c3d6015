#include <gateway/core/limits/client_table.hpp>

#include <atomic>
#include <limits>
#include <new>

namespace filmoteka::gateway {
namespace {

std::uint64_t load(std::uint64_t& word) {
  return std::atomic_ref(word).load(std::memory_order_relaxed);
}

}  // namespace

ClientTable::ClientTable(std::size_t slots)
    : bucket_mask_(slots / kWays - 1), slots_(static_cast<Slot*>(std::calloc(slots, sizeof(Slot)))) {
  if (slots_ == nullptr) throw std::bad_alloc();
}

ClientTable::Slot& ClientTable::slot_of(std::uint64_t key) {
  Slot* const bucket = &slots_[(key & bucket_mask_) * kWays];
  for (;;) {
    Slot* victim = bucket;
    std::uint64_t owner = 0;
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (Slot* slot = bucket; slot != bucket + kWays; ++slot) {
      const std::uint64_t found = load(slot->key);
      if (found == key) return *slot;
      const std::uint64_t paid_at = found == 0 ? 0 : load(slot->paid_at);
      if (paid_at < least) {
        victim = slot;
        owner = found;
        least = paid_at;
      }
    }
    if (std::atomic_ref(victim->key).compare_exchange_strong(owner, key, std::memory_order_relaxed)) {
      std::atomic_ref(victim->paid_at).store(0, std::memory_order_relaxed);
      return *victim;
    }
  }
}

Spent ClientTable::take(std::uint64_t key, std::uint64_t now, const Pace& pace) {
  const std::atomic_ref paid_at(slot_of(key == 0 ? 1 : key).paid_at);
  std::uint64_t seen = paid_at.load(std::memory_order_relaxed);
  for (;;) {
    const Spent spent = spend(seen, now, pace);
    if (!spent.allowed || paid_at.compare_exchange_weak(seen, now + spent.debt, std::memory_order_relaxed)) {
      return spent;
    }
  }
}

void ClientTable::raise(std::uint64_t key, std::uint64_t until) {
  const std::atomic_ref paid_at(slot_of(key == 0 ? 1 : key).paid_at);
  std::uint64_t seen = paid_at.load(std::memory_order_relaxed);
  while (seen < until && !paid_at.compare_exchange_weak(seen, until, std::memory_order_relaxed)) {
  }
}

}  // namespace filmoteka::gateway
