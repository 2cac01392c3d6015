/// A set of byte strings in a directed acyclic word graph: the format of dawgdic 0.4 (Susumu Yata), which
/// pymorphy2 uses: a double array of units, then a guide that names each state's first child and next
/// sibling.
#pragma once

#include "bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace filmoteka::language {

/// Views the file's bytes. Immutable, thread-safe. A damaged file gives wrong answers, but no wrong reads.
class Dawg {
 public:
  /// A place in the graph; the root is where every string begins.
  using State = std::uint32_t;
  static constexpr State kRoot = 0;

  Dawg() = default;
  /// `file`: number of units (uint32), units, number of pairs (uint32), pairs. What does not fit makes it
  /// empty.
  explicit Dawg(Bytes file);

  bool empty() const { return units_.size() == 0; }
  std::optional<State> follow(State state, std::uint8_t label) const;
  /// Whether a string ends here.
  bool is_end(State state) const { return (units_[state] & kHasLeaf) != 0; }

  /// Calls `visit(label, child)` for each child, in the order of labels (0 is never one).
  template <class Visit>
  void for_each_child(State state, Visit visit) const {
    std::uint8_t label = guide(state, 0);
    while (label != 0) {
      const auto child = follow(state, label);
      if (!child) return;
      visit(label, *child);
      label = guide(*child, 1);
    }
  }

 private:
  static constexpr std::uint32_t kHasLeaf = 1U << 8;

  std::uint8_t guide(State state, std::size_t which) const { return guide_[std::size_t{state} * 2 + which]; }

  Packed<std::uint32_t> units_;
  Packed<std::uint8_t> guide_;
};

}  // namespace filmoteka::language
