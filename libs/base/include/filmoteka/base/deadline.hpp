/// A point in monotonic time until which an answer is still of use. Passed on from the outermost caller.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <algorithm>
#include <chrono>

namespace filmoteka {

class Deadline {
 public:
  /// No limit.
  static constexpr Deadline never() { return Deadline(SteadyTime::max()); }
  static Deadline at(SteadyTime when) { return Deadline(when); }
  static Deadline after(std::chrono::milliseconds span, SteadyTime now = std::chrono::steady_clock::now()) {
    return Deadline(now + span);
  }

  SteadyTime time() const { return when_; }
  bool is_never() const { return when_ == SteadyTime::max(); }
  bool expired(SteadyTime now = std::chrono::steady_clock::now()) const { return now >= when_; }
  /// What is left, never negative; milliseconds::max() when there is no limit.
  std::chrono::milliseconds remaining(SteadyTime now = std::chrono::steady_clock::now()) const {
    if (is_never()) return std::chrono::milliseconds::max();
    return std::max(std::chrono::milliseconds{0},
                    std::chrono::duration_cast<std::chrono::milliseconds>(when_ - now));
  }
  /// The earlier of the two.
  friend Deadline earliest(Deadline a, Deadline b) { return Deadline(std::min(a.when_, b.when_)); }

 private:
  constexpr explicit Deadline(SteadyTime when) : when_(when) {}
  SteadyTime when_;
};

}  // namespace filmoteka
