/// The half of HttpCache that calls the origin.
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/strings.hpp>

#include <gateway/core/cache/entry_codec.hpp>
#include <gateway/core/cache/http_cache.hpp>
#include <gateway/core/http_caching/validators.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// How long nobody waits behind others for an answer that could not be stored.
constexpr std::chrono::seconds kHitForMiss{60};
/// How long an origin that was away is left alone where there is a stale answer.
constexpr std::chrono::seconds kRetryPause{1};

bool is_condition_or_range(std::string_view name) {
  constexpr std::array<std::string_view, 4> kNames = {"If-None-Match", "If-Modified-Since", "Range",
                                                      "If-Range"};
  return std::ranges::any_of(kNames, [&](auto known) { return equals_ignore_case_ascii(known, name); });
}

bool was_asked_conditionally(const http::Headers& headers) {
  return std::ranges::any_of(headers, [](const auto& line) { return is_condition_or_range(line.first); });
}

void remove_conditions(http::Headers& headers) {
  std::erase_if(headers, [](const auto& line) { return is_condition_or_range(line.first); });
}

/// Nothing but the answer itself, or its request, forbids to store it: so will the next.
bool is_never_stored(Obstacle obstacle) {
  return obstacle == Obstacle::kNoStore || obstacle == Obstacle::kPrivate || obstacle == Obstacle::kVary;
}

}  // namespace

HttpCache::HttpCache(Runtime& runtime, std::vector<std::unique_ptr<Origin>> origins,
                     const HttpCacheSettings& settings, CacheRules rules, SecondLevel* second,
                     const Clock& clock, telemetry::Logger log, telemetry::Metrics& metrics)
    : runtime_(runtime),
      settings_(settings),
      rules_(std::move(rules)),
      second_(second),
      clock_(clock),
      log_(std::move(log)),
      store_(std::make_shared<AnswerStore>(settings.memory)),
      metrics_(metrics, store_),
      threads_(runtime, [this, &origins, next = std::size_t{0}](const Executor& executor) mutable {
        const auto on_failure = [failure_log = log_](const std::exception_ptr& failure) {
          try {
            std::rethrow_exception(failure);
          } catch (const std::exception& thrown) {
            failure_log.error("a call to the origin ended by an exception", {{"detail", thrown.what()}});
          }
        };
        return ThreadPart{std::move(origins[next++]), std::make_unique<TaskGroup>(executor, on_failure)};
      }) {}

/// In a flight, the client's conditions stay behind: its answer is for all. Alone, they are its own.
HttpCache::Call HttpCache::call_for(const Question& question, std::shared_ptr<Entry> stored,
                                    bool in_flight) const {
  Call call;
  call.request = question.request;
  call.asked.key = question.key;
  call.asked.headers = question.request.headers;
  call.asked.is_head = question.request.method == http::Method::kHead;
  call.asked.only_here = question.only_here;
  // What a body has asked for is no answer to who asks without one.
  const bool no_store = question.directives.no_store || !question.request.body.empty();
  call.asked.storing = {question.request.method == http::Method::kGet, no_store, question.is_authorized};
  call.directives = question.directives;
  call.in_flight = in_flight;
  const auto tags = Fields(question.request.headers).combined("If-None-Match");
  call.client_tags = tags.value_or("");
  if (in_flight) {
    remove_conditions(call.request.headers);
    call.request.deadline = Deadline::never();
  }
  if (stored && !question.only_for_origin) validate(call, std::move(stored));
  return call;
}

/// Lets the call ask whether `stored` is still good, unless it asks for something else.
void HttpCache::validate(Call& call, std::shared_ptr<Entry> stored) {
  http::Headers& headers = call.request.headers;
  if (call.request.method != http::Method::kGet || was_asked_conditionally(headers)) return;
  const http::Headers conditions = validating_conditions(stored->answer()->fields, call.client_tags);
  headers.insert(headers.end(), conditions.begin(), conditions.end());
  call.stored = std::move(stored);
}

SingleFlight::Call HttpCache::flight(ThreadPart& own, Call call) {
  return [this, &own, call = std::move(call)] {
    return fly(*own.origin, call);
  };
}

void HttpCache::revalidate_in_background(const Question& question, const std::shared_ptr<Entry>& stored) {
  for (std::size_t i = 0; i < runtime_.size(); ++i) {
    if (!runtime_.executor(i).running_in_this_thread()) continue;
    ThreadPart& own = threads_.at(runtime_.executor(i));
    Question reading = question;
    reading.request.method = http::Method::kGet;
    std::erase_if(reading.request.headers,
                  [](const auto& line) { return equals_ignore_case_ascii(line.first, "If-None-Match"); });
    flights_.start(question.key + "\n" + stored->answer()->variant, *own.calls,
                   flight(own, call_for(reading, stored, true)));
  }
}

/// What nobody else has fetched meanwhile, neither here nor in another process.
Task<HttpCache::Outcome> HttpCache::fly(Origin& origin, Call call) {
  const SteadyTime now = clock_.steady_now();
  const auto is_good = [&](const std::shared_ptr<Entry>& entry) {
    const StoredAnswer& answer = *entry->answer();
    return judge_reuse(store_->standing(answer, now), answer.directives, call.directives) == Reuse::kFresh;
  };
  Fetched known;
  known.stored = known.shareable = true;
  // Between the miss and its flight, another flight of the same key may have landed.
  known.answer = store_->find(call.asked.key, call.asked.headers, now).entry;
  if (known.answer && is_good(known.answer)) co_return std::make_shared<const Fetched>(std::move(known));
  std::shared_ptr<Entry> second;
  if (second_ != nullptr && !call.asked.only_here) {
    auto looking = from_second(call.asked.key);
    second = co_await std::move(looking);
  }
  if (second && is_good(second)) {
    store(call.asked.key, second);
    known.answer = known.from_second = std::move(second);
    co_return std::make_shared<const Fetched>(std::move(known));
  }
  if (second && !call.stored) validate(call, second);
  auto fetching = fetch(origin, std::move(call));
  Outcome outcome = co_await std::move(fetching);
  if (!second || outcome->answer) co_return outcome;
  Fetched with_second = *outcome;
  with_second.from_second = std::move(second);
  co_return std::make_shared<const Fetched>(std::move(with_second));
}

Task<HttpCache::Outcome> HttpCache::fetch(Origin& origin, Call call) {
  call.asked.stamp = stamps_.load();
  call.asked.times.request = wall_now();
  auto sending = send(origin, call.request);
  Result<OriginAnswer> answer = co_await std::move(sending);
  if (answer.has_value() && answer->status == 304 && call.stored && call.client_tags.empty() &&
      !is_confirmed_by(answer->headers, call.stored->answer()->fields)) {
    // It speaks of something that nobody has.
    remove_conditions(call.request.headers);
    call.stored = nullptr;
    auto again = send(origin, call.request);
    answer = co_await std::move(again);
  }
  call.asked.times.response = wall_now();
  call.asked.received_steady = clock_.steady_now();
  if (answer.has_value()) co_return std::make_shared<const Fetched>(take(std::move(*answer), call));
  if (call.stored) call.stored->retry_at.store(clock_.steady_now() + kRetryPause, std::memory_order_relaxed);
  Fetched failed;
  failed.error = std::move(answer).error();
  co_return std::make_shared<const Fetched>(std::move(failed));
}

Task<Result<OriginAnswer>> HttpCache::send(Origin& origin, OriginRequest& request) {
  request.deadline = earliest(Deadline::after(settings_.origin_timeout), request.deadline);
  const auto begin = std::chrono::steady_clock::now();
  auto exchange = origin.send(request);
  Result<OriginAnswer> answer = co_await std::move(exchange);
  metrics_.origin_seconds.observe(
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  if (answer.has_error()) {
    metrics_.count_failure(answer.error());
    log_.warning("the origin did not answer",
                 {{"target", request.target},
                  {"request_id", std::string(Fields(request.headers).first("X-Request-Id").value_or(""))},
                  {"error", describe(answer.error())}});
  }
  co_return answer;
}

Fetched HttpCache::take(OriginAnswer answer, const Call& call) {
  Fetched fetched;
  fetched.origin_status = answer.status;
  fetched.upstream = answer.upstream;
  if (answer.status == 304 && call.stored && is_confirmed_by(answer.headers, call.stored->answer()->fields)) {
    fetched.answer = confirm(*call.stored->answer(), answer.headers, call.asked, rules_);
    fetched.stored = fetched.shareable = true;
    keep(call.asked, fetched.answer);
    return fetched;
  }
  const bool is_failure = answer.status >= 500;
  Received received = receive(std::move(answer), call.asked, rules_);
  fetched.answer = std::move(received.whole);
  fetched.shareable =
      may_be_shared(received.obstacle) && fetched.answer->answer()->directives.kept_back.empty();
  if (received.storable && !(is_failure && call.stored)) {
    keep(call.asked, received.storable);
    fetched.stored = true;
  } else if (call.in_flight && !is_failure && is_never_stored(received.obstacle)) {
    store_->mark_uncacheable(call.asked.key, clock_.steady_now() + kHitForMiss);
  }
  if (is_failure && call.stored) {
    call.stored->retry_at.store(clock_.steady_now() + kRetryPause, std::memory_order_relaxed);
  }
  return fetched;
}

void HttpCache::keep(const Asked& asked, const std::shared_ptr<Entry>& entry) {
  metrics_.evictions.increment(static_cast<double>(store_->store(asked.key, asked.headers, entry)));
  const StoredAnswer& answer = *entry->answer();
  if (second_ == nullptr || asked.only_here) return;
  if (!rules_.stamps_are_revisions || !answer.variant.empty()) return;
  const auto useful = std::max(answer.directives.stale_while_revalidate.value_or(std::chrono::seconds{0}),
                               answer.directives.stale_if_error.value_or(std::chrono::seconds{0}));
  second_->put(asked.key, encode_answer(answer, clock_.steady_now()),
               std::max(answer.lifetime.span + useful, std::chrono::seconds{1}));
}

Task<std::shared_ptr<Entry>> HttpCache::from_second(const std::string& key) {
  auto getting = second_->get(key);
  const auto bytes = co_await std::move(getting);
  if (!bytes) co_return nullptr;
  co_return decode_answer(*bytes, wall_now(), clock_.steady_now(), rules_);
}

Task<void> HttpCache::stop() {
  for (std::size_t i = 0; i < runtime_.size(); ++i) {
    auto end = [](ThreadPart& thread) -> Task<void> {
      thread.calls->cancel();
      auto joined = thread.calls->join();
      co_await std::move(joined);
      thread.origin.reset();
    };
    auto task = end(threads_.at(runtime_.executor(i)));
    auto remote = run_on(runtime_.executor(i), std::move(task));
    co_await std::move(remote);
  }
}

}  // namespace filmoteka::gateway
