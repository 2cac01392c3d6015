#include <filmoteka/async/task_group.hpp>

#include <gateway/adapters/packed_value.hpp>
#include <gateway/adapters/redis_second_level.hpp>
#include <gateway/core/cache/key_hash.hpp>

#include <stdexcept>
#include <utility>

namespace filmoteka::gateway {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

redis::ClientSettings client_settings(const RedisSecondLevelSettings& settings) {
  redis::ClientSettings client;
  client.endpoint = settings.endpoint;
  client.command_timeout = settings.timeout;
  client.connect_timeout = milliseconds{500};
  // Somebody looks each second at least: a Redis that is back is of use within two.
  client.backoff = {milliseconds{50}, milliseconds{1'000}};
  client.breaker.max_pause = milliseconds{1'000};
  return client;
}

}  // namespace

RedisSecondLevel::RedisSecondLevel(const Runtime& runtime, const RedisSecondLevelSettings& settings,
                                   BlockingPool& compression, telemetry::Metrics& metrics,
                                   telemetry::Logger log)
    : client_(runtime, client_settings(settings), metrics, std::move(log)),
      // Gateways of another version keep to names of their own.
      prefix_(settings.prefix + std::to_string(kPackedVersion) + ':'),
      compression_(compression),
      metrics_(metrics) {
  for (std::size_t i = 0; i < runtime.size(); ++i)
    threads_.push_back(std::make_unique<PerThread>(runtime.executor(i)));
}

Task<void> RedisSecondLevel::run() {
  TaskGroup group(co_await asio::this_coro::executor);
  group.spawn(client_.run());
  for (const auto& thread : threads_) group.spawn(run_on(thread->executor, thread->writes.run()));
  auto ended = group.join();
  co_await std::move(ended);
}

Task<std::optional<std::string>> RedisSecondLevel::get(std::string_view key) {
  const auto start = std::chrono::steady_clock::now();
  redis::Commands command{"GET", name_of(key)};
  auto calling = client_.call(std::move(command));
  Result<std::vector<redis::Reply>> replies = co_await std::move(calling);
  auto bytes_found = take(key, std::move(replies));
  metrics_.seconds.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  co_return bytes_found;
}

std::optional<std::string> RedisSecondLevel::take(std::string_view key,
                                                  Result<std::vector<redis::Reply>> replies) {
  PerThread& thread = this_thread();
  const bool is_foreign = replies.has_value() && replies->front().text.starts_with("WRONGTYPE");
  thread.is_away = replies.has_error() || (replies->front().is_error() && !is_foreign);
  if (thread.is_away) {
    metrics_.errors.increment();
    return std::nullopt;
  }
  const redis::Reply& reply = replies->front();
  if (reply.is_nil()) {
    metrics_.misses.increment();
    return std::nullopt;
  }
  auto found = reply.is_string() ? unpacked(key, reply.text, kMostBytes) : std::nullopt;
  (found ? metrics_.hits : metrics_.unusable).increment();
  metrics_.bytes_read.increment(static_cast<double>(reply.text.size()));
  return found;
}

void RedisSecondLevel::put(std::string key, std::string bytes, std::chrono::seconds keep) {
  PerThread& thread = this_thread();
  const std::size_t size = key.size() + bytes.size();
  if (keep.count() < 1 || bytes.size() > kMostBytes || thread.is_away || !thread.writes.has_room_for(size)) {
    metrics_.dropped.increment();
    return;
  }
  thread.writes.start(write(std::move(key), std::move(bytes), keep), size);
}

Task<void> RedisSecondLevel::write(std::string key, std::string bytes, std::chrono::seconds keep) {
  auto pack = [&key, &bytes] {
    return packed(key, bytes);
  };
  auto packing = compression_.run(std::move(pack));
  const std::string value = co_await std::move(packing);
  redis::Commands command{"SET", name_of(key), value, "EX", std::to_string(keep.count())};
  auto calling = client_.call(std::move(command));
  const Result<std::vector<redis::Reply>> replies = co_await std::move(calling);
  if (replies.has_error() || !replies->front().is_status("OK")) {
    metrics_.failed.increment();
    co_return;
  }
  metrics_.written.increment();
  metrics_.bytes_written.increment(static_cast<double>(value.size()));
}

std::string RedisSecondLevel::name_of(std::string_view key) const {
  // All replicas hash alike. Whoever makes two keys of one hash makes them take turns, and nothing else.
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string name = prefix_;
  std::uint64_t hash = siphash24(key, HashSeed{});
  for (int i = 0; i < 16; ++i, hash <<= 4) name += kDigits[hash >> 60];
  return name;
}

RedisSecondLevel::PerThread& RedisSecondLevel::this_thread() {
  for (const auto& thread : threads_) {
    if (thread->executor.running_in_this_thread()) return *thread;
  }
  throw std::logic_error("a thread of another runtime");
}

}  // namespace filmoteka::gateway
