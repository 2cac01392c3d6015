#include <filmoteka/async/task_group.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/commands/doctor/judge.hpp>
#include <filmoteka/redis/client.hpp>

#include <optional>
#include <set>
#include <utility>

namespace filmoteka::app::doctor {
namespace {

constexpr std::chrono::milliseconds kCall{1'000};

/// The value of "NAME:VALUE\r\n" in the answer of INFO.
std::string value_of(const std::string& info, const std::string& name) {
  const std::size_t at = info.find(name + ":");
  if (at == std::string::npos) return "?";
  const std::size_t begin = at + name.size() + 1;
  return info.substr(begin, info.find('\r', begin) - begin);
}

RedisFacts facts_from(const std::vector<redis::Reply>& replies) {
  RedisFacts facts;
  facts.version = value_of(replies[0].text, "redis_version");
  const redis::Reply& time = replies[1];
  if (time.elements.size() == 2) {
    const auto seconds = parse_number<std::int64_t>(time.elements[0].text).value_or(0);
    const auto own = std::chrono::duration_cast<std::chrono::milliseconds>(
        SystemClock::instance().now().time_since_epoch());
    facts.clock_difference = std::chrono::seconds(seconds) - own;
    // Within its second: no difference to speak of.
    if (std::chrono::abs(facts.clock_difference) < std::chrono::milliseconds(1'000))
      facts.clock_difference = {};
  }
  const redis::Reply& memory = replies[2];
  const redis::Reply& policy = replies[3];
  if (memory.elements.size() == 2 && policy.elements.size() == 2) {
    facts.knows_limits = true;
    facts.max_memory = parse_number<std::uint64_t>(memory.elements[1].text).value_or(0);
    facts.policy = policy.elements[1].text;
  }
  return facts;
}

Task<Result<RedisFacts>> ask(redis::Client& client) {
  redis::Commands commands;
  commands.add({"INFO", "server"}).add({"TIME"});
  commands.add({"CONFIG", "GET", "maxmemory"}).add({"CONFIG", "GET", "maxmemory-policy"});
  auto calling = client.call(std::move(commands), Deadline::after(kCall));
  FILMOTEKA_CO_TRY(const std::vector<redis::Reply> replies, co_await std::move(calling));
  if (replies[0].is_error()) co_return unavailable(replies[0].text);
  co_return facts_from(replies);
}

Task<void> ask_and_end(redis::Client& client, std::optional<Result<RedisFacts>>& facts) {
  TaskGroup group(co_await asio::this_coro::executor);
  group.spawn(client.run());
  auto asking = ask(client);
  facts = co_await std::move(asking);
  group.cancel();
  co_await group.join();
}

Findings check_one(const std::string& url) {
  const auto endpoint = redis::parse_endpoint(url);
  if (endpoint.has_error()) return {wrong("Redis", endpoint.error().message)};
  Runtime runtime(1);
  telemetry::Metrics metrics;
  redis::ClientSettings settings;
  settings.endpoint = *endpoint;
  settings.connect_timeout = kCall;
  settings.command_timeout = kCall;
  redis::Client client(runtime, settings, metrics,
                       telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "doctor"));
  std::optional<Result<RedisFacts>> facts;
  runtime.run(ask_and_end(client, facts));
  const std::string name = to_string(*endpoint);
  if (facts->has_error()) {
    return {wrong("Redis " + name,
                  facts->error().message +
                      " Is it running, is the password right? (Until then every replica asks its "
                      "database instead.)")};
  }
  (*facts)->name = name;
  return judge_redis(**facts);
}

}  // namespace

Findings check_redis(const Subject& subject) {
  const std::set<std::string> urls = {subject.settings.gateway.redis, subject.settings.metadata.redis};
  Findings findings;
  for (const std::string& url : urls) {
    if (url.empty()) continue;
    for (Finding& finding : check_one(url)) findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace filmoteka::app::doctor
