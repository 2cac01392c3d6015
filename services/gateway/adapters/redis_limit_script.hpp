/// The Lua script with which gateways count requests together, as commands and answers.
#pragma once

#include <filmoteka/redis/commands.hpp>
#include <filmoteka/redis/reply.hpp>

#include <gateway/core/limits/gcra.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace filmoteka::gateway {

/// What is counted for one client.
struct Charge {
  std::string key;
  Pace pace;
  std::uint32_t requests = 1;
  bool is_done = false;  ///< they were answered already: counted even where they are more than the quota
};

/// One call of the script for all charges, atomic, by Redis's own clock. `by_hash`: EVALSHA, which fails with
/// NOSCRIPT until the script was sent once by EVAL.
redis::Commands charge_command(std::span<const Charge> charges, bool by_hash);

/// What each charge has come to, in their order; nullopt if the reply is none of the script's.
std::optional<std::vector<Spent>> charged(const redis::Reply& reply, std::size_t charges);

/// Says that this gateway is there, forgets those that have not said so for `seconds`, and counts the rest.
redis::Commands presence_command(std::string_view gateway, std::string_view seconds);

}  // namespace filmoteka::gateway
