/// The generic cell rate algorithm (ITU-T I.371, annex A) as a virtual schedule: one time for each client,
/// until which what it has asked for is paid off. Pure; times in nanoseconds.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace filmoteka::gateway {

/// A quota: `requests` at once, or spread, in any `window`.
struct Pace {
  std::uint64_t interval = 0;  ///< what one request costs, > 0
  std::uint64_t window = 0;    ///< how much may be owed; a multiple of the interval

  static Pace of(std::uint32_t requests, std::chrono::seconds window) {
    const auto span = static_cast<std::uint64_t>(std::chrono::nanoseconds(window).count());
    const std::uint64_t interval = std::max<std::uint64_t>(1, span / requests);
    return {interval, interval * requests};
  }
  /// The part of one of `sharers` who know nothing of each other; one request at least.
  Pace share(std::uint32_t sharers) const { return {std::min(interval * sharers, window), window}; }
};

/// What one request comes to.
struct Spent {
  bool allowed = true;
  std::uint64_t debt = 0;  ///< how long all that was allowed takes to be paid off, this request included
  std::uint64_t wait = 0;  ///< refused: the same request passes after that
};

/// `paid_at`: when the client will have paid (its "theoretical arrival time"); ≤ now: it owes nothing.
/// An allowed request moves it to now + debt, a refused one leaves it.
constexpr Spent spend(std::uint64_t paid_at, std::uint64_t now, const Pace& pace) {
  const std::uint64_t debt = paid_at > now ? paid_at - now : 0;
  const std::uint64_t after = debt + pace.interval;
  if (after <= pace.window) return {true, after, 0};
  return {false, debt, after - pace.window};
}

}  // namespace filmoteka::gateway
