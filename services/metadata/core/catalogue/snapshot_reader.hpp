/// How readers get the current snapshot without sharing a cache line with each other: each thread keeps its
/// own shared_ptr and looks only at a version number, which changes as rarely as the catalogue does.
#pragma once

#include <metadata/core/catalogue/snapshot.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

namespace filmoteka::metadata {

/// The place where the writer leaves the current snapshot. Thread-safe.
class SnapshotPublisher {
 public:
  explicit SnapshotPublisher(std::shared_ptr<const Snapshot> first);

  void publish(std::shared_ptr<const Snapshot> next);
  std::shared_ptr<const Snapshot> current() const;
  /// Grows with each publication.
  std::uint64_t version() const { return version_.load(std::memory_order_acquire); }
  /// Both, of the same publication.
  std::shared_ptr<const Snapshot> current(std::uint64_t& version) const;

 private:
  mutable std::mutex mutex_;  ///< guards current_ together with the change of version_
  std::shared_ptr<const Snapshot> current_;
  std::atomic<std::uint64_t> version_{1};
};

/// One per thread; not thread-safe. The publisher must outlive it.
class SnapshotReader {
 public:
  explicit SnapshotReader(const SnapshotPublisher& publisher) : publisher_(&publisher) {}

  /// The newest snapshot. The reference is good until the next call; a coroutine that waits in between copies
  /// the pointer first.
  const std::shared_ptr<const Snapshot>& get();

 private:
  const SnapshotPublisher* publisher_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::uint64_t version_ = 0;
};

}  // namespace filmoteka::metadata
