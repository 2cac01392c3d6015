#include <filmoteka/base/strings.hpp>

#include <gateway/core/api_route.hpp>
#include <gateway/core/cache/cached_origin.hpp>

#include <stdexcept>
#include <utility>

namespace filmoteka::gateway {
namespace {

telemetry::Counter& lookups(telemetry::Metrics& metrics, const char* result) {
  return metrics.counter("filmoteka_gateway_cache_requests_total",
                         "Requests for cacheable answers by what the cache did", {{"result", result}});
}

std::shared_ptr<ResponseCache> make_cache(const CacheSettings& settings, telemetry::Metrics& metrics) {
  auto cache = std::make_shared<ResponseCache>(settings);
  const auto read = [&metrics, weak = std::weak_ptr(cache)](const char* name, const char* help, auto member) {
    metrics.gauge_callback(name, help, [weak, member] {
      const auto alive = weak.lock();
      return alive ? static_cast<double>((*alive.*member)()) : 0.0;
    });
  };
  read("filmoteka_gateway_cache_bytes", "Memory that cached answers are charged with", &ResponseCache::bytes);
  read("filmoteka_gateway_cache_entries", "Cached answers, by spelling of their address",
       &ResponseCache::size);
  return cache;
}

SingleFlight::Outcome share(auto value) {
  return std::make_shared<const Fetched>(Fetched{std::move(value)});
}

}  // namespace

std::string key_of(std::string_view target) {
  return std::string(kPublicPrefix).append(target);
}

CachedOrigin::CachedOrigin(Runtime& runtime, std::vector<std::unique_ptr<Origin>> origins,
                           const CachedOriginSettings& settings, const Clock& clock, telemetry::Logger log,
                           telemetry::Metrics& metrics)
    : runtime_(runtime),
      settings_(settings),
      clock_(clock),
      log_(std::move(log)),
      cache_(make_cache(settings.cache, metrics)),
      hits_(lookups(metrics, "hit")),
      misses_(lookups(metrics, "miss")),
      expired_(lookups(metrics, "expired")),
      collapsed_(lookups(metrics, "collapsed")),
      evictions_(metrics.counter("filmoteka_gateway_cache_evictions_total",
                                 "Cached answers that had to go for others")),
      origin_seconds_(metrics.histogram("filmoteka_gateway_origin_seconds",
                                        "Time of calls to the metadata service",
                                        telemetry::latency_buckets())),
      metrics_(metrics) {
  const auto on_failure = [failure_log = log_](const std::exception_ptr& failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& thrown) {
      failure_log.error("a call to the metadata service ended by an exception", {{"detail", thrown.what()}});
    }
  };
  for (std::size_t i = 0; i < runtime.size(); ++i) {
    threads_.push_back({std::move(origins[i]), std::make_unique<TaskGroup>(runtime.executor(i), on_failure)});
  }
}

std::shared_ptr<Entry> CachedOrigin::find(std::string_view key) {
  auto entry = cache_->find(key);
  if (entry && !entry->is_fresh(clock_.steady_now())) entry.reset();
  return entry;
}

void CachedOrigin::store(std::string_view key, const std::shared_ptr<Entry>& entry) {
  if (const auto evicted = cache_->store(key, entry); evicted > 0) {
    evictions_.increment(static_cast<double>(evicted));
  }
}

CachedOrigin::PerThread& CachedOrigin::this_thread(const Executor& executor) {
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    if (runtime_.executor(i) == executor) return threads_[i];
  }
  throw std::logic_error("CachedOrigin was called from a thread that is not of its runtime");
}

Task<Result<CachedOrigin::Answer>> CachedOrigin::get(Question question) {
  std::string key = key_of(question.target);
  const auto known = cache_->find(key);
  if (known && known->is_fresh(clock_.steady_now())) {
    hits_.increment();
    co_return Answer{share(known), Verdict::kHit};
  }
  const Executor executor = co_await asio::this_coro::executor;
  PerThread& own = this_thread(executor);
  OriginRequest request;
  request.target = std::string(kInternalPrefix) + question.target;
  request.headers = {{"Accept", "application/json"}, {"X-Request-Id", std::string(question.request_id)}};
  if (!question.traceparent.empty()) request.headers.emplace_back("traceparent", question.traceparent);
  SingleFlight::Call call_origin = [this, &own, request = std::move(request), key] {
    return call(*own.origin, request, key);
  };
  auto flight = flights_.join(std::move(key), *own.calls, std::move(call_origin), question.deadline);
  Result<SingleFlight::Ticket> ticket = co_await std::move(flight);
  if (ticket.has_error()) co_return std::move(ticket).error();
  const Verdict verdict = ticket->collapsed ? Verdict::kCollapsed
                          : known           ? Verdict::kStale
                                            : Verdict::kUriMiss;
  (ticket->collapsed ? collapsed_ : known ? expired_ : misses_).increment();
  co_return Answer{std::move(ticket->outcome), verdict};
}

Task<SingleFlight::Outcome> CachedOrigin::call(Origin& origin, OriginRequest request, std::string key) {
  // Between this request's miss and its flight, another flight of the same key may have landed.
  if (auto entry = find(key)) co_return share(std::move(entry));
  request.deadline = Deadline::after(settings_.origin_timeout);
  const auto begin = std::chrono::steady_clock::now();
  auto exchange = origin.send(request);
  Result<OriginAnswer> answer = co_await std::move(exchange);
  origin_seconds_.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  if (answer.has_error()) {
    const Error& error = answer.error();
    metrics_
        .counter("filmoteka_gateway_origin_errors_total", "Calls to the metadata service that failed, by why",
                 {{"code", std::string(to_string(error.code))}})
        .increment();
    log_.warning(
        "the metadata service did not answer",
        {{"target", request.target}, {"request_id", request.headers[1].second}, {"error", describe(error)}});
    if (error.code == ErrorCode::kCorrupt) {
      co_return share(unavailable("The catalogue has a fault at the moment. Try again later."));
    }
    co_return share(std::move(answer).error());
  }
  co_return take(std::move(*answer), key, request.headers[1].second);
}

SingleFlight::Outcome CachedOrigin::take(OriginAnswer answer, const std::string& key,
                                         std::string_view request_id) {
  if (answer.status == 200) {
    for (auto& [name, value] : answer.headers) {
      if (equals_ignore_case_ascii(name, "Link")) value = public_links(value);
    }
    auto entry = std::make_shared<Entry>(std::move(answer), settings_.freshness, clock_.steady_now());
    store(key, entry);
    return share(std::move(entry));
  }
  if (answer.status == 400 || answer.status == 404 || answer.status == 429) return share(std::move(answer));
  log_.error("the metadata service answered with an unexpected status",
             {{"key", key}, {"status", answer.status}, {"request_id", request_id}, {"body", answer.body}});
  return share(unavailable("The catalogue has a fault at the moment. Try again later.",
                           "metadata answered " + std::to_string(answer.status)));
}

Task<void> CachedOrigin::stop() {
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    auto end = [](PerThread& thread) -> Task<void> {
      thread.calls->cancel();
      auto joined = thread.calls->join();
      co_await std::move(joined);
      thread.origin.reset();
    };
    auto task = end(threads_[i]);
    auto remote = run_on(runtime_.executor(i), std::move(task));
    co_await std::move(remote);
  }
}

}  // namespace filmoteka::gateway
