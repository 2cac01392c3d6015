/// How many connections a client may have; who comes later waits, in the order of coming.
#pragma once

#include <filmoteka/async/event.hpp>

#include <cstddef>
#include <list>

namespace filmoteka::http {

/// Not thread-safe. Outlives its slots.
class ConnectionSlots {
 public:
  /// A connection that its holder may have. Gives the slot to the next one when destroyed.
  class Slot {
   public:
    explicit Slot(ConnectionSlots* owner) : owner_(owner) {}
    Slot(Slot&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
      if (owner_ != nullptr) owner_->release();
    }

   private:
    ConnectionSlots* owner_;
  };

  ConnectionSlots(Executor executor, std::size_t limit) : executor_(executor), free_(limit) {}

  Task<Slot> acquire();
  std::size_t waiting() const { return waiters_.size(); }

 private:
  /// A waiter leaves the list when it is given its slot.
  struct Waiter {
    Event given;
    std::list<Waiter*>::iterator place;
  };
  void release();

  Executor executor_;
  std::size_t free_;
  std::list<Waiter*> waiters_;
};

}  // namespace filmoteka::http
