/// What a million clients owe, in one fixed piece of memory.
#pragma once

#include <gateway/core/limits/gcra.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace filmoteka::gateway {

/// Open addressing in buckets of eight slots of 16 bytes (two cache lines). Lock-free, thread-safe. Nothing
/// is ever cleaned up: who has paid off is the same as who never came. A client that finds its bucket full
/// takes the place of the one who owes least; that one starts anew, nobody is refused for want of room.
///
/// Two threads may meet where one client takes another's place: then one request may be charged to the wrong
/// client of the two, or to none. That is all that may go wrong.
///
/// Memory is taken from the system page by page as clients come.
class ClientTable {
 public:
  /// `slots`: a power of two, ≥ 8.
  explicit ClientTable(std::size_t slots);

  /// One request of the client `key` (a good hash of it). `now` > 0.
  Spent take(std::uint64_t key, std::uint64_t now, const Pace& pace);
  /// Has it owe until `until` at least: others have counted more of its requests.
  void raise(std::uint64_t key, std::uint64_t until);

  std::size_t bytes() const { return (bucket_mask_ + 1) * kWays * sizeof(Slot); }

 private:
  static constexpr std::size_t kWays = 8;
  struct Slot {
    std::uint64_t key;  ///< 0: free
    std::uint64_t paid_at;
  };
  static_assert(sizeof(Slot) == 16);
  struct Free {
    void operator()(Slot* slots) const { std::free(slots); }
  };

  Slot& slot_of(std::uint64_t key);

  std::size_t bucket_mask_;
  std::unique_ptr<Slot[], Free> slots_;  // from calloc, whose pages are zero and untouched
};

}  // namespace filmoteka::gateway
