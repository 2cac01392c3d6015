#include "greeting.hpp"

#include <string_view>

namespace filmoteka::redis {
namespace {

// The first word of an error says what it is about.
Error refused(const Reply& reply) {
  const std::string_view text = reply.text;
  const bool is_password = text.starts_with("WRONGPASS") || text.starts_with("NOAUTH") ||
                           text.starts_with("ERR Client sent AUTH") || text.starts_with("ERR AUTH") ||
                           text.starts_with("ERR invalid password");
  if (is_password) {
    return unavailable("Redis refuses our user or password: check the setting redis.", reply.text);
  }
  if (text.starts_with("LOADING")) return unavailable("Redis is loading its data.", reply.text);
  return unavailable("Redis refuses us.", reply.text);
}

}  // namespace

Commands greeting(const Endpoint& endpoint) {
  Commands commands;
  if (!endpoint.password.empty() && endpoint.user.empty()) commands.add({"AUTH", endpoint.password});
  if (!endpoint.password.empty() && !endpoint.user.empty()) {
    commands.add({"AUTH", endpoint.user, endpoint.password});
  }
  if (endpoint.database != 0) commands.add({"SELECT", std::to_string(endpoint.database)});
  return commands.add({"PING"});
}

Result<void> check_greeting(const Endpoint& endpoint, const std::vector<Reply>& replies) {
  for (const Reply& reply : replies) {
    if (reply.is_error()) return refused(reply);
  }
  const bool is_redis = replies.size() == greeting(endpoint).count() && replies.back().is_status("PONG");
  if (!is_redis) return corrupt("What answers at the address of Redis is no Redis.");
  return {};
}

}  // namespace filmoteka::redis
