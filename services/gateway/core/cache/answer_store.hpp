/// The answers in memory: found by key and by the fields that they vary on, valid ones told from others.
#pragma once

#include <gateway/core/cache/group_generations.hpp>
#include <gateway/core/cache/response_cache.hpp>
#include <gateway/core/http_caching/fields.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// Thread-safe.
class AnswerStore {
 public:
  explicit AnswerStore(const CacheSettings& settings) : cache_(settings) {}

  struct Found {
    std::shared_ptr<Entry> entry{};  ///< of an answer; null: there is none for this request
    bool other_variants = false;     ///< there may be answers under this key for other requests
    bool hit_for_miss = false;
  };
  /// The latest answer that fits the request (RFC 9111, 4.1). Fresh or not.
  Found find(std::string_view key, const Fields& request, SteadyTime now);

  /// `entry` is of an answer to `request`. Returns how many others had to go for it.
  std::uint64_t store(std::string_view key, const Fields& request, std::shared_ptr<Entry> entry);
  /// Under a further key, or again after it has grown.
  std::uint64_t store_plain(std::string_view key, std::shared_ptr<Entry> entry) {
    return cache_.store(key, std::move(entry));
  }
  void mark_uncacheable(std::string_view key, SteadyTime until);

  GroupGenerations& generations() { return generations_; }
  /// While true, nothing is taken to be fresh for longer than kSuspectLifetime: news of changes do not come.
  void suspect(bool lost) { suspect_.store(lost, std::memory_order_relaxed); }
  Standing standing(const StoredAnswer& answer, SteadyTime now) const;
  bool is_fresh(const StoredAnswer& answer, SteadyTime now) const {
    const Standing now_stands = standing(answer, now);
    return !now_stands.purged && now_stands.age < now_stands.lifetime && !answer.directives.no_cache;
  }

  std::size_t bytes() const { return cache_.bytes(); }
  std::size_t size() const { return cache_.size(); }

 private:
  static constexpr std::chrono::seconds kSuspectLifetime{5};
  /// Answers of one address vary on the same fields as a rule; more sets than that are forgotten.
  static constexpr std::size_t kMostFieldSets = 4;

  VaryIndex index_for(std::string_view key, std::vector<std::string> names);

  ResponseCache cache_;
  GroupGenerations generations_;
  std::atomic<bool> suspect_{false};
  std::atomic<std::uint64_t> next_index_{1};
};

}  // namespace filmoteka::gateway
