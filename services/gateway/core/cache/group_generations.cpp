#include <gateway/core/cache/group_generations.hpp>
#include <gateway/core/cache/key_hash.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

void raise(std::atomic<std::uint64_t>& to, std::uint64_t stamp) {
  std::uint64_t known = to.load(std::memory_order_relaxed);
  while (known < stamp && !to.compare_exchange_weak(known, stamp, std::memory_order_release)) {
  }
}

}  // namespace

std::uint64_t group_hash(std::string_view name) {
  return siphash24(name, HashSeed{});
}

GroupGenerations::GroupGenerations() : slots_(std::make_unique<Slots>()) {}

void GroupGenerations::invalidate(std::uint64_t group, std::uint64_t stamp) {
  raise((*slots_)[group % kSlots], stamp);
}

void GroupGenerations::invalidate_all(std::uint64_t stamp) {
  raise(floor_, stamp);
}

bool GroupGenerations::is_valid(std::span<const std::uint64_t> groups, std::uint64_t stamp) const {
  if (stamp < floor_.load(std::memory_order_acquire)) return false;
  return std::ranges::all_of(groups, [&](std::uint64_t group) {
    return stamp >= (*slots_)[group % kSlots].load(std::memory_order_acquire);
  });
}

}  // namespace filmoteka::gateway
