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

telemetry::Counter& lookups(telemetry::Metrics& metrics, const char* result) {
  return metrics.counter(
      "filmoteka_gateway_second_level_lookups_total",
      "Questions to the cache in Redis: error: not answered in time or not at all, unusable: "
      "what lay there was none of ours.",
      {{"result", result}});
}

telemetry::Counter& writes(telemetry::Metrics& metrics, const char* result) {
  return metrics.counter(
      "filmoteka_gateway_second_level_writes_total",
      "Answers for the cache in Redis: dropped: too large, too many under way, or Redis is away.",
      {{"result", result}});
}

telemetry::Counter& bytes(telemetry::Metrics& metrics, const char* direction) {
  return metrics.counter("filmoteka_gateway_second_level_bytes_total",
                         "Compressed bytes read from and written to the cache in Redis.",
                         {{"direction", direction}});
}

}  // namespace

RedisSecondLevel::Counters::Counters(telemetry::Metrics& metrics)
    : hits(lookups(metrics, "hit")),
      misses(lookups(metrics, "miss")),
      errors(lookups(metrics, "error")),
      unusable(lookups(metrics, "unusable")),
      written(writes(metrics, "written")),
      failed(writes(metrics, "failed")),
      dropped(writes(metrics, "dropped")),
      bytes_read(bytes(metrics, "read")),
      bytes_written(bytes(metrics, "written")),
      seconds(metrics.histogram("filmoteka_gateway_second_level_lookup_seconds",
                                "Time of questions to the cache in Redis, whatever became of them.",
                                {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1})) {}

RedisSecondLevel::RedisSecondLevel(const Runtime& runtime, const RedisSecondLevelSettings& settings,
                                   BlockingPool& compression, telemetry::Metrics& metrics,
                                   telemetry::Logger log)
    : client_(runtime, client_settings(settings), metrics, std::move(log)),
      // Gateways of another version keep to names of their own.
      prefix_(settings.prefix + std::to_string(kPackedVersion) + ':'),
      compression_(compression),
      counters_(metrics) {
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
  counters_.seconds.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  co_return bytes_found;
}

std::optional<std::string> RedisSecondLevel::take(std::string_view key,
                                                  Result<std::vector<redis::Reply>> replies) {
  PerThread& thread = this_thread();
  const bool is_foreign = replies.has_value() && replies->front().text.starts_with("WRONGTYPE");
  thread.is_away = replies.has_error() || (replies->front().is_error() && !is_foreign);
  if (thread.is_away) {
    counters_.errors.increment();
    return std::nullopt;
  }
  const redis::Reply& reply = replies->front();
  if (reply.is_nil()) {
    counters_.misses.increment();
    return std::nullopt;
  }
  auto found = reply.is_string() ? unpacked(key, reply.text, kMostBytes) : std::nullopt;
  (found ? counters_.hits : counters_.unusable).increment();
  counters_.bytes_read.increment(static_cast<double>(reply.text.size()));
  return found;
}

void RedisSecondLevel::put(std::string key, std::string bytes, std::chrono::seconds keep) {
  PerThread& thread = this_thread();
  const std::size_t size = key.size() + bytes.size();
  if (keep.count() < 1 || bytes.size() > kMostBytes || thread.is_away || !thread.writes.has_room_for(size)) {
    counters_.dropped.increment();
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
    counters_.failed.increment();
    co_return;
  }
  counters_.written.increment();
  counters_.bytes_written.increment(static_cast<double>(value.size()));
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
