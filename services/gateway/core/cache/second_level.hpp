/// A cache of bytes behind the one in memory, which all replicas share: adapters/redis_second_level.hpp has
/// it on Redis.
#pragma once

#include <filmoteka/async/task.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// From any of the runtime's threads. Never fails: a level that is away has nothing, and what it gives was
/// put under that very key, whole, by a gateway of this version of the format.
class SecondLevel {
 public:
  virtual ~SecondLevel() = default;
  /// nullopt: there is nothing, or it could not be had in time (10 ms at most). `key` lives until it has
  /// answered.
  virtual Task<std::optional<std::string>> get(std::string_view key) = 0;
  /// Kept for `keep` if all goes well; nobody waits for it, and nobody hears of it when it does not.
  virtual void put(std::string key, std::string bytes, std::chrono::seconds keep) = 0;
};

}  // namespace filmoteka::gateway
