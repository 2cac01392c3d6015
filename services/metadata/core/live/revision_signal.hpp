/// Wakes those who wait for the catalogue to change, on whatever thread they are.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/domain/movie.hpp>

#include <atomic>
#include <chrono>
#include <list>
#include <memory>
#include <vector>

namespace filmoteka::metadata {

/// The longest that a reader of the change feed may wait in one call.
inline constexpr std::chrono::seconds kMaxFeedWait{30};

class RevisionSignal {
 public:
  explicit RevisionSignal(const Runtime& runtime);
  ~RevisionSignal();
  RevisionSignal(const RevisionSignal&) = delete;
  RevisionSignal& operator=(const RevisionSignal&) = delete;

  /// The revision that can be read now. Revisions ascend. Any thread.
  void publish(domain::Revision revision);
  domain::Revision current() const { return revision_.load(std::memory_order_acquire); }

  /// Returns when there is a revision above `after`, at `deadline`, or after close(), whichever is first.
  /// From a coroutine of one of the runtime's threads; cancellable.
  Task<void> wait_above(domain::Revision after, Deadline deadline);

  /// Ends all waits, those to come too. Any thread.
  void close();

 private:
  struct Waiters;  // of one thread
  void wake_all();

  std::atomic<domain::Revision> revision_{0};
  std::atomic<bool> closed_{false};
  std::vector<std::shared_ptr<Waiters>> threads_;
};

}  // namespace filmoteka::metadata
