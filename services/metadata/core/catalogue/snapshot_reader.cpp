#include <metadata/core/catalogue/snapshot_reader.hpp>

#include <utility>

namespace filmoteka::metadata {

SnapshotPublisher::SnapshotPublisher(std::shared_ptr<const Snapshot> first) : current_(std::move(first)) {}

void SnapshotPublisher::publish(std::shared_ptr<const Snapshot> next) {
  {
    const std::lock_guard lock(mutex_);
    current_.swap(next);
    version_.fetch_add(1, std::memory_order_release);
  }
  // The old snapshot, if this was its last holder, is freed here: outside of the lock.
}

std::shared_ptr<const Snapshot> SnapshotPublisher::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

std::shared_ptr<const Snapshot> SnapshotPublisher::current(std::uint64_t& version) const {
  const std::lock_guard lock(mutex_);
  version = version_.load(std::memory_order_relaxed);
  return current_;
}

const std::shared_ptr<const Snapshot>& SnapshotReader::get() {
  if (publisher_->version() != version_) snapshot_ = publisher_->current(version_);
  return snapshot_;
}

}  // namespace filmoteka::metadata
