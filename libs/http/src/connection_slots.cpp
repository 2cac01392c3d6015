#include "connection_slots.hpp"

namespace filmoteka::http {

Task<ConnectionSlots::Slot> ConnectionSlots::acquire() {
  if (free_ > 0) {
    --free_;
    co_return Slot(this);
  }
  Waiter waiter{Event(executor_), {}};
  waiter.place = waiters_.insert(waiters_.end(), &waiter);
  try {
    co_await waiter.given.wait();
  } catch (...) {
    if (waiter.given.is_set()) {
      release();
    } else {
      waiters_.erase(waiter.place);
    }
    throw;
  }
  co_return Slot(this);
}

void ConnectionSlots::release() {
  if (waiters_.empty()) {
    ++free_;
    return;
  }
  Waiter* next = waiters_.front();
  waiters_.pop_front();
  next->given.set();
}

}  // namespace filmoteka::http
