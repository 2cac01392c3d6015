#include <metadata/core/live/snapshot_readers.hpp>

#include <cstddef>
#include <utility>

namespace filmoteka::metadata {
namespace {

Task<void> refresh_on_this_thread(PerThread<SnapshotReader>& readers) {
  const Executor executor = co_await asio::this_coro::executor;
  readers.at(executor).get();
}

}  // namespace

SnapshotReaders::SnapshotReaders(Runtime& runtime, const SnapshotPublisher& publisher)
    : runtime_(runtime),
      readers_(runtime, [&publisher](const Executor&) { return SnapshotReader(publisher); }) {}

Task<void> SnapshotReaders::refresh() {
  for (std::size_t i = 0; i < runtime_.size(); ++i) {
    auto refreshing = run_on(runtime_.executor(i), refresh_on_this_thread(readers_));
    co_await std::move(refreshing);
  }
}

}  // namespace filmoteka::metadata
