/// From the outbox to metadata: at least once, in order, however long metadata is away. Of several scrapers
/// that share a store one hands over at a time.
#pragma once

#include <filmoteka/api/metadata_client.hpp>
#include <filmoteka/async/event.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <scraper/core/run/store.hpp>

#include <atomic>
#include <functional>
#include <random>

namespace filmoteka::scraper {

struct HandoverSettings {
  std::size_t batch_rows = api::kMaxBatchRows;
  std::chrono::milliseconds timeout{10'000};     ///< for one batch
  std::chrono::milliseconds first_backoff{200};  ///< after a failure; doubles
  std::chrono::milliseconds max_backoff{30'000};
  std::size_t outbox_max_rows = 50'000;     ///< from here on runs wait
  std::chrono::milliseconds lease{30'000};  ///< of the right to hand over, renewed with each batch
  /// How often it is looked for films of others that share the store; zero: nobody shares it.
  std::chrono::milliseconds look{0};
};

/// Not thread-safe but for is_reachable(): all calls on the executor's thread. References outlive it.
class Handover {
 public:
  /// Hears of what metadata made of films, after it was noted in the store.
  using Observer = std::function<void(const std::vector<Delivery>&)>;
  Handover(Executor executor, Store& store, api::MetadataClient& metadata, const Clock& clock,
           telemetry::Logger log, HandoverSettings settings, std::uint64_t seed, Observer observer = {});

  /// Until cancelled; give_back() after that. A batch under way then stays in the outbox and is repeated at
  /// the next start.
  Task<void> run();
  /// Lets another scraper hand over at once, after run() has ended.
  Task<void> give_back();
  /// There are new rows.
  void wake() { arrived_.set(); }
  /// Returns once the outbox has room, or `stop` is set and release() was called.
  Task<void> wait_for_room(const std::atomic<bool>& stop);
  /// Lets those who wait for room go.
  void release() { left_.set(); }
  /// False while metadata does not take films.
  bool is_reachable() const { return reachable_.load(std::memory_order_relaxed); }

 private:
  Task<void> wait_for_films();
  Task<void> look_at_others();
  Task<Result<void>> hold_lease();
  Task<Result<void>> hand_over();
  Task<Result<void>> note(const std::vector<OutboxRow>& rows, const std::vector<api::RowResult>& results);
  Task<void> rest_after(const Error& error);
  void recovered();

  Store& store_;
  api::MetadataClient& metadata_;
  const Clock& clock_;
  telemetry::Logger log_;
  HandoverSettings settings_;
  std::mt19937_64 random_;
  Observer observer_;
  Event arrived_;
  Event left_;
  std::size_t batch_rows_;
  std::optional<Lease> lease_;
  SteadyTime lease_renewed_at_{};
  int failures_ = 0;
  std::atomic<bool> reachable_ = true;
};

}  // namespace filmoteka::scraper
