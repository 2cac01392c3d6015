/// The metadata service as the public API's origin: its answers in the form in which the public may see them.
#pragma once

#include <gateway/core/origin.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace filmoteka::gateway {

/// How long an answer may be used, in the terms of RFC 9111 and RFC 5861, by us and by whoever stands before
/// us.
struct Freshness {
  std::chrono::seconds fresh{5};
  std::chrono::seconds stale_while_revalidate{30};
  std::chrono::seconds stale_if_error{600};
  std::chrono::seconds not_found{1};  ///< a 404, by us only
  /// "public, max-age=5, stale-while-revalidate=30, stale-if-error=600"
  std::string cache_control() const;
};

/// The lifetimes in force, which a reload changes while answers are made. Thread-safe; in the moment of a
/// change one answer may have some of both.
class LiveFreshness {
 public:
  explicit LiveFreshness(const Freshness& freshness) { store(freshness); }
  void store(const Freshness& freshness);
  Freshness load() const;

 private:
  using Seconds = std::atomic<std::chrono::seconds::rep>;
  Seconds fresh_;
  Seconds stale_while_revalidate_;
  Seconds stale_if_error_;
  Seconds not_found_;
};

/// What of an answer goes on: type, weak tag (made from the body where there is none), public links, groups
/// and revision, and how long it may be used. kUnavailable for a status that the API does not have.
Result<OriginAnswer> public_answer(OriginAnswer answer, const Freshness& freshness);

/// Targets are those below the public prefix. `freshness` outlives it.
class ApiOrigin final : public Origin {
 public:
  ApiOrigin(std::unique_ptr<Origin> metadata, const LiveFreshness& freshness)
      : metadata_(std::move(metadata)), freshness_(freshness) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override;

 private:
  std::unique_ptr<Origin> metadata_;
  const LiveFreshness& freshness_;
};

}  // namespace filmoteka::gateway
