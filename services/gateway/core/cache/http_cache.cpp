#include <gateway/core/cache/http_cache.hpp>
#include <gateway/core/http_caching/invalidation.hpp>
#include <gateway/core/http_caching/validators.hpp>
#include <gateway/core/http_caching/vary.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// Flights are told apart by all that their answers depend on. Keys have no line feeds.
std::string flight_key(const HttpCache::Question& question, std::string_view variant, bool validates) {
  std::string key = std::string(question.key).append("\n").append(variant);
  const auto tags = Fields(question.request.headers).combined("If-None-Match");
  if (validates && tags) key.append("\n").append(*tags);
  return key;
}

bool is_read(http::Method method) {
  return method == http::Method::kGet || method == http::Method::kHead;
}

bool is_server_error(int status) {
  return status == 500 || (status >= 502 && status <= 504);  // RFC 5861, 4
}

}  // namespace

std::shared_ptr<Entry> HttpCache::fresh(std::string_view key, const Fields& request, SteadyTime now) {
  auto entry = store_->find(key, request, now).entry;
  return entry && store_->is_fresh(*entry->answer(), now) ? entry : nullptr;
}

Task<Result<HttpCache::Served>> HttpCache::answer(Question question) {
  if (!is_read(question.request.method)) {
    auto passing = ask_alone(question, Forward::kMethod, nullptr);
    Result<Served> passed = co_await std::move(passing);
    metrics_.passed.increment();
    co_return passed;
  }
  const SteadyTime now = clock_.steady_now();
  const auto found = store_->find(question.key, question.request.headers, now);
  Forward why = found.other_variants ? Forward::kVaryMiss : Forward::kUriMiss;
  if (auto served = serve_stored(question, found, now, why)) {
    metrics_.count(served->status);
    co_return std::move(*served);
  }
  if (question.directives.only_if_cached) {
    co_return deadline_exceeded("There is no cached answer, and no other was wanted.");
  }
  const bool alone = question.request.method == http::Method::kHead || question.is_authorized ||
                     question.only_for_origin || question.directives.no_store || found.hit_for_miss;
  auto asking = alone ? ask_alone(question, why, found.entry) : ask_together(question, why, found.entry);
  Result<Served> served = co_await std::move(asking);
  if (served.has_value()) metrics_.count(served->status);
  co_return served;
}

/// What can be had without the origin; otherwise `why` says why it has to be asked.
std::optional<HttpCache::Served> HttpCache::serve_stored(const Question& question,
                                                         const AnswerStore::Found& found, SteadyTime now,
                                                         Forward& why) {
  if (!found.entry || question.only_for_origin) return std::nullopt;
  const StoredAnswer& stored = *found.entry->answer();
  const Standing standing = store_->standing(stored, now);
  CacheStatus status;
  status.time_to_live = standing.lifetime - standing.age;
  switch (judge_reuse(standing, stored.directives, question.directives)) {
    case Reuse::kWhileRevalidating:
      revalidate_in_background(question, found.entry);
      status.detail = "stale-while-revalidate";
      return Served{found.entry, status};
    case Reuse::kStaleAllowed:
      status.detail = "max-stale";
      return Served{found.entry, status};
    case Reuse::kFresh:
      return Served{found.entry, status};
    case Reuse::kValidateRequested:
      why = Forward::kRequest;
      return std::nullopt;
    case Reuse::kValidateStale:
      why = Forward::kStale;
      break;
  }
  // The origin was away when it was asked last: nobody waits for it to be away again.
  const SteadyTime retry_at = found.entry->retry_at.load(std::memory_order_relaxed);
  if (retry_at == SteadyTime{} || question.directives.no_cache) return std::nullopt;
  auto served = stand_in(question, found.entry, why, 0);
  if (served && now >= retry_at) revalidate_in_background(question, found.entry);
  return served;
}

Task<Result<HttpCache::Served>> HttpCache::ask_together(const Question& question, Forward why,
                                                        std::shared_ptr<Entry> stored) {
  const Executor executor = co_await asio::this_coro::executor;
  ThreadPart& own = threads_.at(executor);
  std::string variant = stored ? stored->answer()->variant : std::string{};
  // A second time if the first flight was for requests that differ in what the answer turned out to vary on.
  for (int round = 0; round < 2; ++round) {
    auto call = flight(own, call_for(question, stored, true));
    auto joining = flights_.join(flight_key(question, variant, stored != nullptr), *own.calls,
                                 std::move(call), question.request.deadline);
    const Result<SingleFlight::Ticket> ticket = co_await std::move(joining);
    if (ticket.has_error()) {
      if (auto served = stand_in(question, stored, why, 0)) co_return std::move(*served);
      co_return ticket.error();
    }
    const Fetched& fetched = *ticket->outcome;
    const bool is_mine = !ticket->collapsed || !fetched.answer || fetched.shareable;
    if (!is_mine) {
      // Some of its fields are its asker's alone; the rest may have been stored.
      const SteadyTime now = clock_.steady_now();
      const auto found = store_->find(question.key, question.request.headers, now);
      if (auto served = serve_stored(question, found, now, why)) co_return std::move(*served);
      break;
    }
    if (ticket->collapsed && fetched.answer) {
      const StoredAnswer& answer = *fetched.answer->answer();
      std::string own_variant = variant_of(varying_fields(answer.fields), question.request.headers);
      if (own_variant != answer.variant) {
        variant = std::move(own_variant);
        continue;
      }
    }
    co_return serve_fetched(question, fetched, why, stored, ticket->collapsed);
  }
  auto asking = ask_alone(question, why, std::move(stored));
  co_return co_await std::move(asking);
}

Task<Result<HttpCache::Served>> HttpCache::ask_alone(const Question& question, Forward why,
                                                     std::shared_ptr<Entry> stored) {
  const Executor executor = co_await asio::this_coro::executor;
  Call call = call_for(question, stored, false);
  const Asked asked = call.asked;
  auto fetching = fetch(*threads_.at(executor).origin, std::move(call));
  const Outcome outcome = co_await std::move(fetching);
  if (why == Forward::kMethod && outcome->answer) invalidate(question, *outcome->answer->answer());
  if (asked.is_head && outcome->answer) update_by_head(question, stored, *outcome, asked);
  co_return serve_fetched(question, *outcome, why, stored, false);
}

Result<HttpCache::Served> HttpCache::serve_fetched(const Question& question, const Fetched& fetched,
                                                   Forward why, const std::shared_ptr<Entry>& stored,
                                                   bool collapsed) const {
  const auto& fallback = fetched.from_second ? fetched.from_second : stored;
  if (!fetched.answer || is_server_error(fetched.origin_status)) {
    if (auto served = stand_in(question, fallback, why, fetched.origin_status)) return std::move(*served);
  }
  if (!fetched.answer) return fetched.error;
  CacheStatus status;
  if (fetched.origin_status == 0) {  // another flight, or the second level, had it
    status.time_to_live = fetched.answer->answer()->time_to_live(clock_.steady_now());
    if (fetched.from_second) status.detail = "second-level";
  } else {
    status.forward = why;
    status.forward_status = fetched.origin_status;
    status.stored = fetched.stored && !collapsed;
  }
  status.collapsed = collapsed;
  return Served{fetched.answer, status, fetched.upstream};
}

std::optional<HttpCache::Served> HttpCache::stand_in(const Question& question,
                                                     const std::shared_ptr<Entry>& stored, Forward why,
                                                     int status) const {
  if (!stored || question.only_for_origin || !is_read(question.request.method)) return std::nullopt;
  const StoredAnswer& answer = *stored->answer();
  const Standing standing = store_->standing(answer, clock_.steady_now());
  const Failure failure = is_server_error(status) ? Failure::kServerError : Failure::kNoAnswer;
  if (standing.purged && !rules_.purged_may_stand_in) return std::nullopt;
  if (!may_stand_in(failure, standing, answer.directives, question.directives, rules_.when_cut_off)) {
    return std::nullopt;
  }
  CacheStatus cache_status;
  cache_status.forward = why;
  cache_status.forward_status = status;
  cache_status.time_to_live = standing.lifetime - standing.age;
  cache_status.detail = "stale-if-error";
  return Served{stored, cache_status};
}

void HttpCache::store(std::string_view key, const std::shared_ptr<Entry>& entry) {
  metrics_.evictions.increment(static_cast<double>(store_->store_plain(key, entry)));
}

/// After an unsafe request (RFC 9111, 4.4; RFC 9875, 3).
void HttpCache::invalidate(const Question& question, const StoredAnswer& answer) {
  const OriginRequest& request = question.request;
  const std::string_view method =
      request.method == http::Method::kOther ? request.method_name : http::to_string(request.method);
  // Where stamps are revisions, whoever counts these says what has changed.
  if (is_safe(method) || rules_.stamps_are_revisions) return;
  // Counted after the answer: what was asked before it is no longer good, also if it is still under way.
  const std::uint64_t stamp = stamps_.fetch_add(1) + 1;
  const auto targets = invalidated_targets(request.target, question.host, answer.status, answer.fields);
  for (const std::string& target : targets) store_->generations().invalidate(group_hash(target), stamp);
  if (targets.empty()) return;
  for (const std::string& name : group_names(answer.fields, "Cache-Group-Invalidation")) {
    store_->generations().invalidate(group_hash(name), stamp);
  }
}

/// RFC 9111, 4.3.5.
void HttpCache::update_by_head(const Question& question, const std::shared_ptr<Entry>& stored,
                               const Fetched& fetched, const Asked& asked) {
  const StoredAnswer& head = *fetched.answer->answer();
  if (!stored || head.status != 200 || stored->answer()->status != 200) return;
  if (is_same_representation(head.fields, stored->answer()->fields, stored->answer()->body().size())) {
    Asked confirmed = asked;
    confirmed.times = {head.received, head.received};
    confirmed.received_steady = head.received_steady;
    confirmed.stamp = head.stamp;
    keep(confirmed, confirm(*stored->answer(), head.fields, confirmed, rules_));
  } else {
    store_->generations().invalidate(group_hash(question.key), stamps_.fetch_add(1) + 1);
  }
}

}  // namespace filmoteka::gateway
