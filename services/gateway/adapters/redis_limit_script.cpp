#include <gateway/adapters/redis_limit_script.hpp>

#include <string_view>

namespace filmoteka::gateway {
namespace {

/// spend() of core/limits/gcra.hpp in microseconds. Answers with what is owed, or below zero with how long to
/// wait. What a clock that was set back would make of old entries is bounded by twice the window. %.0f: Lua
/// writes numbers of this size with an exponent.
constexpr std::string_view kScript = R"(local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local answers = {}
for i, key in ipairs(KEYS) do
  local interval, window = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 2])
  local requests, done = tonumber(ARGV[4 * i - 1]), ARGV[4 * i] == '1'
  local paid_at = tonumber(redis.call('GET', key) or '') or now
  local debt = math.min(math.max(paid_at - now, 0), 2 * window)
  local after = math.min(debt + interval * requests, 2 * window)
  if after > window and not done then
    answers[i] = window - after
  else
    redis.call('SET', key, string.format('%.0f', now + after), 'PX', math.ceil(after / 1000))
    answers[i] = after
  end
end
return answers
)";
/// SHA-1 of the above; a test compares it with what Redis says.
constexpr std::string_view kHash = "aa2b7a024aac496d0fa28d9f73c5793a134417d3";

constexpr std::string_view kPresence = R"(local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. now - ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])
)";

std::string microseconds(std::uint64_t nanoseconds) {
  return std::to_string((nanoseconds + 999) / 1'000);
}

}  // namespace

redis::Commands charge_command(std::span<const Charge> charges, bool by_hash) {
  std::vector<std::string> words;
  words.reserve(3 + 5 * charges.size());
  words.emplace_back(by_hash ? "EVALSHA" : "EVAL");
  words.emplace_back(by_hash ? kHash : kScript);
  words.push_back(std::to_string(charges.size()));
  for (const Charge& charge : charges) words.push_back(charge.key);
  for (const Charge& charge : charges) {
    words.push_back(microseconds(charge.pace.interval));
    words.push_back(microseconds(charge.pace.window));
    words.push_back(std::to_string(charge.requests));
    words.emplace_back(charge.is_done ? "1" : "0");
  }
  const std::vector<std::string_view> views(words.begin(), words.end());
  redis::Commands commands;
  commands.add(std::span(views));
  return commands;
}

std::optional<std::vector<Spent>> charged(const redis::Reply& reply, std::size_t charges) {
  if (reply.kind != redis::Reply::Kind::kArray || reply.elements.size() != charges) return std::nullopt;
  std::vector<Spent> all;
  all.reserve(charges);
  for (const redis::Reply& element : reply.elements) {
    if (element.kind != redis::Reply::Kind::kInteger) return std::nullopt;
    const bool allowed = element.integer >= 0;
    const auto span = static_cast<std::uint64_t>(allowed ? element.integer : -element.integer) * 1'000;
    all.push_back(allowed ? Spent{true, span, 0} : Spent{false, 0, span});
  }
  return all;
}

redis::Commands presence_command(std::string_view gateway, std::string_view seconds) {
  return redis::Commands{"EVAL", kPresence, "1", "filmoteka:gateways", gateway, seconds};
}

}  // namespace filmoteka::gateway
