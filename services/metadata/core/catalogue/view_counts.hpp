/// View counts that change in place: not through the delta, and without a new snapshot.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace filmoteka::metadata {

/// Where a film's count stands; the film keeps its slot through changes and merges.
using ViewSlot = std::uint32_t;

/// The views of each film that were counted here, in all since it entered. They only grow. Slots are never
/// given again (ids of films are not either), so a slot that an old snapshot knows stays that film's.
class ViewCounts {
 public:
  ViewCounts();
  ViewCounts(const ViewCounts&) = delete;
  ViewCounts& operator=(const ViewCounts&) = delete;

  /// One thread at a time; others may use older slots meanwhile. Throws length_error after 2^32 - 1.
  ViewSlot add(std::int64_t views);
  std::int64_t at(ViewSlot slot) const { return count(slot).load(std::memory_order_relaxed); }
  /// Makes the count `views` unless it is that high already; true if it has grown. Any thread.
  bool raise(ViewSlot slot, std::int64_t views);

  /// Random: tells these counts from those of another process, or of this one before it was restarted.
  std::uint64_t epoch() const { return epoch_; }
  /// The sum of all counts. It only grows, so that equal sums of one epoch mean equal counts.
  std::int64_t total() const { return total_.load(std::memory_order_relaxed); }
  std::size_t size() const { return size_.load(std::memory_order_relaxed); }
  /// Heap bytes. Any thread.
  std::size_t bytes() const;

 private:
  using Count = std::atomic<std::int64_t>;
  // Block k holds kFirstBlock << k counts, so that they never move and few are wasted.
  static constexpr std::size_t kFirstBlock = 1'024;
  static constexpr std::size_t kBlocks = 23;

  Count& count(ViewSlot slot) const;

  const std::uint64_t epoch_;
  std::array<std::unique_ptr<Count[]>, kBlocks> blocks_;
  std::atomic<std::size_t> size_{0};
  std::atomic<std::int64_t> total_{0};
};

}  // namespace filmoteka::metadata
