/// A shared HTTP cache (RFC 9111) in front of an origin: what is asked is served from memory, validated, or
/// forwarded. docs/http-caching.md says which points of which RFC are where.
#pragma once

#include <filmoteka/async/per_thread.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/cache/answer_store.hpp>
#include <gateway/core/cache/cache_metrics.hpp>
#include <gateway/core/cache/fetched.hpp>
#include <gateway/core/cache/received.hpp>
#include <gateway/core/cache/second_level.hpp>
#include <gateway/core/cache/single_flight.hpp>
#include <gateway/core/http_caching/cache_status.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

struct HttpCacheSettings {
  CacheSettings memory;
  std::chrono::milliseconds origin_timeout{5'000};  ///< of one call, whoever waits for it
};

/// Thread-safe: each I/O thread has its own connections to the origin, all share the cache and the flights.
class HttpCache {
 public:
  /// `origins`: one for each thread of the runtime, in their order. `second`: null if there is none; it
  /// outlives this, and takes answers only where stamps are the same in every process.
  HttpCache(Runtime& runtime, std::vector<std::unique_ptr<Origin>> origins, const HttpCacheSettings& settings,
            CacheRules rules, SecondLevel* second, const Clock& clock, telemetry::Logger log,
            telemetry::Metrics& metrics);

  /// What is asked, with nothing of the client's connection in it.
  struct Question {
    std::string key;        ///< of GET and HEAD
    OriginRequest request;  ///< as it would be forwarded; its deadline is the client's
    RequestDirectives directives{};
    bool is_authorized = false;    ///< has credentials
    bool only_for_origin = false;  ///< has conditions that the origin alone can judge (If-Match)
    std::string host{};            ///< what the client called the origin
    bool only_here = false;        ///< the answer is of no use to other processes: no second level
  };
  struct Served {
    std::shared_ptr<Entry> entry;  ///< of an answer
    CacheStatus status;
    std::shared_ptr<const http::AnswerSource::Upstream> upstream{};  ///< see Fetched
  };
  /// kUnavailable, kDeadlineExceeded, kCorrupt: the origin failed, and there is nothing to stand in for it;
  /// kDeadlineExceeded too where only a cached answer was wanted; kCancelled: we are stopping. Call on one of
  /// the runtime's threads.
  Task<Result<Served>> answer(Question question);

  /// The answer under that very key if it is fresh and fits the request; null otherwise. Does not wait, makes
  /// nothing. count_hit() if it was used.
  std::shared_ptr<Entry> fresh(std::string_view key, const Fields& request, SteadyTime now);
  /// Whether there is anything under that very key, fresh or not.
  bool keeps(std::string_view key, const Fields& request, SteadyTime now) const {
    return store_->find(key, request, now).entry != nullptr;
  }
  void count_hit() { metrics_.hits.increment(); }
  /// Stores an entry under a further key, or again after it has grown.
  void store(std::string_view key, const std::shared_ptr<Entry>& entry);

  /// Answers of that group with an earlier stamp are not used again before they are validated.
  void purge(std::string_view group, std::uint64_t stamp) {
    store_->generations().invalidate(group_hash(group), stamp);
  }
  void purge_all(std::uint64_t stamp) { store_->generations().invalidate_all(stamp); }
  /// While true, answers are taken to be fresh for a few seconds only: news of changes do not come.
  void suspect(bool lost) { store_->suspect(lost); }

  /// Ends the calls under way. Call on thread 0, when no more questions come.
  Task<void> stop();

 private:
  using Outcome = SingleFlight::Outcome;
  struct ThreadPart {
    std::unique_ptr<Origin> origin;
    std::unique_ptr<TaskGroup> calls;
  };
  /// One call to the origin.
  struct Call {
    OriginRequest request;
    Asked asked;
    std::shared_ptr<Entry> stored{};  ///< that `request` validates; null: none
    RequestDirectives directives{};
    bool in_flight = false;     ///< others may wait for it
    std::string client_tags{};  ///< its If-None-Match; empty: none
  };

  Task<Result<Served>> ask_together(const Question& question, Forward why, std::shared_ptr<Entry> stored);
  Task<Result<Served>> ask_alone(const Question& question, Forward why, std::shared_ptr<Entry> stored);
  Call call_for(const Question& question, std::shared_ptr<Entry> stored, bool in_flight) const;
  std::optional<Served> serve_stored(const Question& question, const AnswerStore::Found& found,
                                     SteadyTime now, Forward& why);
  Result<Served> serve_fetched(const Question& question, const Fetched& fetched, Forward why,
                               const std::shared_ptr<Entry>& stored, bool collapsed) const;
  std::optional<Served> stand_in(const Question& question, const std::shared_ptr<Entry>& stored, Forward why,
                                 int status) const;
  void revalidate_in_background(const Question& question, const std::shared_ptr<Entry>& stored);
  static void validate(Call& call, std::shared_ptr<Entry> stored);
  SingleFlight::Call flight(ThreadPart& own, Call call);

  Task<Outcome> fly(Origin& origin, Call call);
  Task<Outcome> fetch(Origin& origin, Call call);
  Task<Result<OriginAnswer>> send(Origin& origin, OriginRequest& request);
  Fetched take(OriginAnswer answer, const Call& call);
  Task<std::shared_ptr<Entry>> from_second(const std::string& key);
  void keep(const Asked& asked, const std::shared_ptr<Entry>& entry);
  void invalidate(const Question& question, const StoredAnswer& answer);
  void update_by_head(const Question& question, const std::shared_ptr<Entry>& stored, const Fetched& fetched,
                      const Asked& asked);
  std::chrono::sys_seconds wall_now() const { return std::chrono::floor<std::chrono::seconds>(clock_.now()); }

  Runtime& runtime_;
  HttpCacheSettings settings_;
  CacheRules rules_;
  SecondLevel* second_;
  const Clock& clock_;
  telemetry::Logger log_;
  std::shared_ptr<AnswerStore> store_;  ///< shared with the metrics, which may outlive this
  CacheMetrics metrics_;
  SingleFlight flights_;
  PerThread<ThreadPart> threads_;
  std::atomic<std::uint64_t> stamps_{1};
};

}  // namespace filmoteka::gateway
