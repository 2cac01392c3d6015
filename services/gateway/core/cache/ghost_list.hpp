/// What a cache has let go lately: the ghost queue of S3-FIFO, as a table of fixed size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace filmoteka::gateway {

/// Remembers hashes of keys, until as many bytes as its window have been let go after them. Takes 8 to 16
/// bytes for each KiB of the window, whatever it holds: entries that are smaller on average are forgotten
/// sooner. A hash may be taken for another one (about one in 2^26 lookups); that costs nothing but a place in
/// the wrong queue. Not thread-safe.
class GhostList {
 public:
  explicit GhostList(std::size_t window_bytes);

  /// Somebody with this hash and size has been let go.
  void add(std::uint64_t hash, std::size_t bytes);
  bool contains(std::uint64_t hash) const;
  /// Forgets the hash; true if it was remembered.
  bool take(std::uint64_t hash);

 private:
  struct Slot {
    std::uint32_t fingerprint = 0;
    std::uint32_t added_at = 0;  ///< by now(): it wraps after 4 TiB, and an old slot may come to life again
  };
  using Bucket = std::array<Slot, 4>;

  /// The time of this list: KiB that were let go so far.
  std::uint32_t now() const { return static_cast<std::uint32_t>(gone_bytes_ / 1024); }
  bool is_alive(const Slot& slot) const { return now() - slot.added_at < window_; }
  std::size_t bucket_of(std::uint64_t hash) const { return hash & (buckets_.size() - 1); }
  static std::uint32_t fingerprint_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

  std::uint32_t window_;      ///< in KiB
  std::uint64_t gone_bytes_;  ///< starts beyond the window: empty slots are dead from the beginning
  std::vector<Bucket> buckets_;
};

}  // namespace filmoteka::gateway
