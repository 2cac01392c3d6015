#include <metadata/core/catalogue/view_counts.hpp>

#include <bit>
#include <limits>
#include <random>
#include <stdexcept>

namespace filmoteka::metadata {

namespace {

std::uint64_t random_number() {
  std::random_device source;
  return std::uint64_t{source()} << 32 | source();
}

}  // namespace

ViewCounts::ViewCounts() : epoch_(random_number()) {}

ViewCounts::Count& ViewCounts::count(ViewSlot slot) const {
  const std::size_t nth = slot / kFirstBlock + 1;
  const auto block = static_cast<std::size_t>(std::bit_width(nth)) - 1;
  return blocks_[block][slot - kFirstBlock * ((std::size_t{1} << block) - 1)];
}

ViewSlot ViewCounts::add(std::int64_t views) {
  const std::size_t slot = size();
  if (slot >= std::numeric_limits<ViewSlot>::max()) {
    throw std::length_error("The catalogue has given all of its 2^32 slots for views; restart the service.");
  }
  const std::size_t nth = slot / kFirstBlock + 1;
  auto& block = blocks_[static_cast<std::size_t>(std::bit_width(nth)) - 1];
  if (!block) block = std::make_unique<Count[]>(kFirstBlock * std::bit_floor(nth));
  count(static_cast<ViewSlot>(slot)).store(views, std::memory_order_relaxed);
  size_.store(slot + 1, std::memory_order_relaxed);
  total_.fetch_add(views, std::memory_order_relaxed);
  return static_cast<ViewSlot>(slot);
}

bool ViewCounts::raise(ViewSlot slot, std::int64_t views) {
  Count& known = count(slot);
  for (std::int64_t now = known.load(std::memory_order_relaxed); now < views;) {
    if (!known.compare_exchange_weak(now, views, std::memory_order_relaxed)) continue;
    total_.fetch_add(views - now, std::memory_order_relaxed);
    return true;
  }
  return false;
}

// From the size alone: blocks that are just being made are another thread's.
std::size_t ViewCounts::bytes() const {
  std::size_t slots = 0;
  for (std::size_t k = 0; k < kBlocks && slots < size(); ++k) slots += kFirstBlock << k;
  return slots * sizeof(Count);
}

}  // namespace filmoteka::metadata
