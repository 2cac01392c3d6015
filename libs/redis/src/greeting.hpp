/// The first words on a connection. Pure.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/redis/commands.hpp>
#include <filmoteka/redis/endpoint.hpp>
#include <filmoteka/redis/reply.hpp>

#include <vector>

namespace filmoteka::redis {

/// AUTH and SELECT where the endpoint asks for them, and PING: it tells whether that is a Redis, and one that
/// lets us in and has loaded its data.
Commands greeting(const Endpoint& endpoint);

/// kUnavailable, with what to do: the replies refuse us. kCorrupt: that is no Redis.
Result<void> check_greeting(const Endpoint& endpoint, const std::vector<Reply>& replies);

}  // namespace filmoteka::redis
