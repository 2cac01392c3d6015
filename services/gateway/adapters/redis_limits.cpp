#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/telemetry/request_id.hpp>

#include <gateway/adapters/redis_limits.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kPresenceSeconds = "10";
constexpr std::chrono::milliseconds kBackgroundDeadline{100};
/// Of one call: a script holds up everybody who asks Redis.
constexpr std::size_t kMaxCharges = 200;
/// What waits to be reported. More are not counted together.
constexpr std::size_t kMaxReports = 10'000;

telemetry::Counter& call_counter(telemetry::Metrics& metrics, const char* result) {
  return metrics.counter("filmoteka_gateway_limit_calls_total", "Calls to Redis to count requests together.",
                         {{"result", result}});
}

std::string key_of(const Address& client, RouteClass route_class) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string key = "filmoteka:limit:" + std::string(to_string(route_class)) + ":";
  const Address network = client.network();
  for (const char byte : network.bytes()) {
    const auto value = static_cast<unsigned char>(byte);
    key.append(1, kDigits[value >> 4]).append(1, kDigits[value & 15]);
  }
  return key;
}

bool is_unknown_script(const redis::Reply& reply) {
  return reply.is_error() && reply.text.starts_with("NOSCRIPT");
}

}  // namespace

RedisLimits::RedisLimits(redis::Client& client, Limits& limits, const Clock& clock,
                         telemetry::Metrics& metrics, const RedisLimitsSettings& settings)
    : client_(client),
      limits_(limits),
      clock_(clock),
      settings_(settings),
      name_(telemetry::new_request_id().view()),
      shared_gauge_(metrics.gauge("filmoteka_gateway_limits_shared",
                                  "1 while all gateways count together, 0 while each gives its part.")),
      replicas_gauge_(metrics.gauge("filmoteka_gateway_replicas", "Gateways that count together.")),
      calls_(call_counter(metrics, "ok")),
      failed_calls_(call_counter(metrics, "failed")) {}

Task<void> RedisLimits::run() {
  TaskGroup group(co_await asio::this_coro::executor);
  group.spawn(send_reports());
  group.spawn(stay_present());
  auto ended = group.join();
  co_await std::move(ended);
}

Task<std::optional<LimitVerdict>> RedisLimits::take(Address client, RouteClass route_class) {
  std::vector<Account> accounts(1, Account{client, route_class, 1});
  auto charging = charge(std::move(accounts), false, Deadline::after(settings_.take_deadline));
  const std::optional<std::vector<Spent>> spent = co_await std::move(charging);
  if (!spent) co_return std::nullopt;
  co_return limits_.verdict_of(route_class, spent->front());
}

void RedisLimits::report(const Address& client, RouteClass route_class, std::uint32_t requests) {
  const std::lock_guard lock(mutex_);
  if (reports_.size() < kMaxReports) reports_.push_back({client, route_class, requests});
}

std::vector<RedisLimits::Account> RedisLimits::next_reports() {
  const std::lock_guard lock(mutex_);
  const auto count = static_cast<std::ptrdiff_t>(std::min(kMaxCharges, reports_.size()));
  std::vector<Account> next(reports_.begin(), reports_.begin() + count);
  reports_.erase(reports_.begin(), reports_.begin() + count);
  return next;
}

Task<void> RedisLimits::send_reports() {
  for (;;) {
    auto pause = sleep_for(settings_.report_interval);
    co_await std::move(pause);
    for (auto reports = next_reports(); !reports.empty(); reports = next_reports()) {
      auto charging = charge(std::move(reports), true, Deadline::after(kBackgroundDeadline));
      co_await std::move(charging);
    }
  }
}

Task<void> RedisLimits::stay_present() {
  for (;;) {
    auto calling =
        client_.call(presence_command(name_, kPresenceSeconds), Deadline::after(kBackgroundDeadline));
    const Result<std::vector<redis::Reply>> replies = co_await std::move(calling);
    const bool ok = replies.has_value() && replies->front().kind == redis::Reply::Kind::kInteger;
    if (ok) replicas_ = static_cast<std::uint32_t>(std::max<std::int64_t>(1, replies->front().integer));
    replicas_gauge_.set(replicas_);
    answered(ok);
    auto pause = sleep_for(settings_.presence_interval);
    co_await std::move(pause);
  }
}

Task<std::optional<std::vector<Spent>>> RedisLimits::charge(std::vector<Account> accounts, bool is_done,
                                                            Deadline deadline) {
  std::vector<Charge> charges;
  charges.reserve(accounts.size());
  for (const Account& account : accounts) {
    charges.push_back({key_of(account.client, account.route_class), limits_.pace(account.route_class),
                       account.requests, is_done});
  }
  auto calling = call(std::move(charges), deadline);
  std::optional<std::vector<Spent>> all = co_await std::move(calling);
  (all ? calls_ : failed_calls_).increment();
  answered(all.has_value());
  if (all) learn(accounts, *all);
  co_return all;
}

Task<std::optional<std::vector<Spent>>> RedisLimits::call(std::vector<Charge> charges, Deadline deadline) {
  auto by_hash = client_.call(charge_command(charges, true), deadline);
  Result<std::vector<redis::Reply>> replies = co_await std::move(by_hash);
  if (replies.has_value() && is_unknown_script(replies->front())) {
    auto by_text = client_.call(charge_command(charges, false), deadline);
    replies = co_await std::move(by_text);
  }
  if (replies.has_error()) co_return std::nullopt;
  co_return charged(replies->front(), charges.size());
}

void RedisLimits::learn(const std::vector<Account>& accounts, const std::vector<Spent>& all) {
  const SteadyTime now = clock_.steady_now();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Pace pace = limits_.pace(accounts[i].route_class);
    const std::uint64_t debt = all[i].allowed ? all[i].debt : pace.window + all[i].wait - pace.interval;
    limits_.learn(accounts[i].client, accounts[i].route_class, std::chrono::nanoseconds(debt), now);
  }
}

void RedisLimits::answered(bool ok) {
  limits_.set_sharers(ok ? 1 : replicas_.load());
  shared_gauge_.set(ok ? 1 : 0);
}

}  // namespace filmoteka::gateway
