/// Work of one thread that nobody waits for, within bounds.
#pragma once

#include <filmoteka/async/task_group.hpp>

#include <cstddef>
#include <optional>

namespace filmoteka::gateway {

/// Not thread-safe: all calls on the executor's thread.
class UnawaitedWrites {
 public:
  static constexpr std::size_t kMostWrites = 64;
  static constexpr std::size_t kMostBytes = std::size_t{8} << 20;

  explicit UnawaitedWrites(Executor executor) : executor_(executor) {}

  /// Takes writes until it is cancelled; ends when those under way have ended.
  Task<void> run();

  /// False: not running, or too much is under way already.
  bool has_room_for(std::size_t bytes) const;
  /// Where there is room for it.
  void start(Task<void> write, std::size_t bytes);

 private:
  Task<void> counted(Task<void> write, std::size_t bytes);

  Executor executor_;
  std::optional<TaskGroup> group_;  ///< while it runs: the writes, and one who keeps it from ending
  std::size_t bytes_ = 0;           ///< of those under way
};

}  // namespace filmoteka::gateway
