/// The current snapshot for the coroutines of every I/O thread.
#pragma once

#include <filmoteka/async/per_thread.hpp>
#include <filmoteka/async/runtime.hpp>

#include <metadata/core/catalogue/snapshot_reader.hpp>

#include <memory>

namespace filmoteka::metadata {

class SnapshotReaders {
 public:
  /// Both must outlive it.
  SnapshotReaders(Runtime& runtime, const SnapshotPublisher& publisher);

  /// The newest state. From a coroutine on the thread of `executor`, which is its own.
  std::shared_ptr<const Snapshot> get(const Executor& executor) { return readers_.at(executor).get(); }
  /// Makes each thread let go of an older state, which one without requests would hold for ever.
  Task<void> refresh();

 private:
  Runtime& runtime_;
  PerThread<SnapshotReader> readers_;
};

}  // namespace filmoteka::metadata
