/// Which stored answers are no longer good: groups of answers (RFC 9875) are invalidated in O(1), without a
/// list of who belongs to them.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace filmoteka::gateway {

/// A group's name as the table knows it. The same in every process: it is stored in the second level.
std::uint64_t group_hash(std::string_view name);

/// Thread-safe, lock-free, of one size for ever (512 KiB). An answer carries the hashes of its groups and a
/// stamp that grows with time; it is good as long as none of its groups was invalidated at a later stamp.
/// Whoever checks that at each use covers copies that are stale, that are kept for other variants, or that
/// were under way when the group was invalidated. Groups that fall into one slot are invalidated together.
class GroupGenerations {
 public:
  GroupGenerations();

  /// Answers of the group with an earlier stamp are no longer good.
  void invalidate(std::uint64_t group, std::uint64_t stamp);
  /// The same for all answers.
  void invalidate_all(std::uint64_t stamp);
  bool is_valid(std::span<const std::uint64_t> groups, std::uint64_t stamp) const;

 private:
  static constexpr std::size_t kSlots = std::size_t{1} << 16;
  using Slots = std::array<std::atomic<std::uint64_t>, kSlots>;

  std::unique_ptr<Slots> slots_;
  std::atomic<std::uint64_t> floor_{0};
};

}  // namespace filmoteka::gateway
