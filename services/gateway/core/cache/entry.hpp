/// What the cache keeps under a key.
#pragma once

#include <gateway/core/cache/stored_answer.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace filmoteka::gateway {

/// The answers under this key differ by fields of their requests: each is kept under a key of its own.
struct VaryIndex {
  /// Part of those keys. A new index never finds what an older one has left behind.
  std::uint64_t id = 0;
  std::vector<std::vector<std::string>> field_sets;  ///< see varying_fields(); the latest first
};

/// Answers under this key could not be stored: until then nobody waits for another's answer.
struct HitForMiss {
  SteadyTime until;
};

/// Immutable but for what StoredAnswer says and for `retry_at`; thread-safe.
struct Entry {
  std::variant<StoredAnswer, VaryIndex, HitForMiss> what;
  /// Set when an answer could not be validated because the origin is away: nobody has to wait for it again
  /// until it is back, and until then it is not asked again. Epoch: it was not tried, or it is there.
  std::atomic<SteadyTime> retry_at{SteadyTime{}};

  explicit Entry(decltype(what) content) : what(std::move(content)) {}
  const StoredAnswer* answer() const { return std::get_if<StoredAnswer>(&what); }
  std::size_t bytes() const {
    const StoredAnswer* stored = answer();
    return sizeof(Entry) + (stored != nullptr ? stored->bytes() : kSmall);
  }

 private:
  static constexpr std::size_t kSmall = 256;  // of an index: a few names
};

}  // namespace filmoteka::gateway
