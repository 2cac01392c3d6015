#include <filmoteka/async/event.hpp>

#include <gateway/adapters/unawaited_writes.hpp>

#include <utility>

namespace filmoteka::gateway {

Task<void> UnawaitedWrites::run() {
  // The group is waited for from the beginning to the end (docs/traps.md): this one is always under way.
  Event never(executor_);
  group_.emplace(executor_);
  group_->spawn(never.wait());
  auto joining = group_->join();
  co_await std::move(joining);
  group_.reset();
}

bool UnawaitedWrites::has_room_for(std::size_t bytes) const {
  return group_.has_value() && group_->size() <= kMostWrites && bytes_ + bytes <= kMostBytes;
}

void UnawaitedWrites::start(Task<void> write, std::size_t bytes) {
  bytes_ += bytes;
  group_->spawn(counted(std::move(write), bytes));
}

Task<void> UnawaitedWrites::counted(Task<void> write, std::size_t bytes) {
  struct Release {
    std::size_t& held;
    std::size_t bytes;
    ~Release() { held -= bytes; }
  };
  const Release release{bytes_, bytes};
  co_await std::move(write);
}

}  // namespace filmoteka::gateway
