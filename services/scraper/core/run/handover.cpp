#include <filmoteka/async/with_deadline.hpp>
#include <filmoteka/fetch/politeness.hpp>

#include <scraper/core/run/delivery.hpp>
#include <scraper/core/run/handover.hpp>

#include <algorithm>

namespace filmoteka::scraper {

namespace {

/// Nothing is known of the rows: they are repeated as they are.
bool is_worth_repeating(const Error& error) {
  return error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kDeadlineExceeded ||
         error.code == ErrorCode::kCancelled || error.code == ErrorCode::kTooManyRequests;
}

Task<Result<void>> until_set(Event& event) {
  co_await event.wait();
  co_return Result<void>{};
}

}  // namespace

Handover::Handover(Executor executor, Store& store, api::MetadataClient& metadata, const Clock& clock,
                   telemetry::Logger log, HandoverSettings settings, std::uint64_t seed, Observer observer)
    : store_(store),
      metadata_(metadata),
      clock_(clock),
      log_(std::move(log)),
      settings_(settings),
      random_(seed),
      observer_(std::move(observer)),
      arrived_(executor),
      left_(executor),
      batch_rows_(settings.batch_rows) {}

Task<void> Handover::run() {
  while (true) {
    co_await wait_for_films();
    auto held = co_await hold_lease();
    if (held.has_error() && held.error().code == ErrorCode::kConflict) {
      co_await look_at_others();
      continue;
    }
    auto outcome = std::move(held);
    if (outcome.has_value()) outcome = co_await hand_over();
    if (outcome.has_value()) {
      recovered();
    } else if (outcome.error().code == ErrorCode::kConflict) {
      lease_.reset();
    } else {
      co_await rest_after(outcome.error());
    }
  }
}

Task<void> Handover::wait_for_films() {
  if (store_.depth() > 0) co_return;
  arrived_.reset();
  if (settings_.look.count() == 0) co_return co_await arrived_.wait();
  auto woken = until_set(arrived_);
  auto timed = with_deadline(std::move(woken), Deadline::after(settings_.look), "waiting");
  static_cast<void>(co_await std::move(timed));
}

/// Somebody else hands over: those who wait for room here learn of it by looking.
Task<void> Handover::look_at_others() {
  co_await sleep_for(settings_.look);
  auto looking = store_.oldest_at();
  static_cast<void>(co_await std::move(looking));
  left_.set();
}

Task<Result<void>> Handover::hold_lease() {
  const auto now = std::chrono::steady_clock::now();
  if (lease_ && now - lease_renewed_at_ < settings_.lease / 3) co_return Result<void>{};
  if (lease_) {
    const auto lease = *lease_;
    const auto renewed = co_await store_.renew(lease, settings_.lease);
    if (renewed.has_error()) co_return renewed;
  } else {
    const std::string name(kHandoverLease);
    FILMOTEKA_CO_TRY(auto claimed, co_await store_.claim(name, settings_.lease));
    lease_ = std::move(claimed.lease);
  }
  lease_renewed_at_ = now;
  co_return Result<void>{};
}

Task<void> Handover::give_back() {
  if (!lease_) co_return;
  const auto lease = *std::exchange(lease_, std::nullopt);
  // Without a store to say it to, the lease runs out by itself.
  static_cast<void>(co_await store_.release(lease));
}

Task<Result<void>> Handover::hand_over() {
  FILMOTEKA_CO_TRY(const auto rows, co_await store_.oldest(batch_rows_));
  if (rows.empty()) co_return Result<void>{};
  std::vector<domain::MovieFacts> films;
  films.reserve(rows.size());
  for (const auto& row : rows) films.push_back(row.film);
  const auto deadline = Deadline::after(settings_.timeout);
  auto results = co_await metadata_.upsert(films, deadline);
  if (results.has_value()) {
    batch_rows_ = settings_.batch_rows;
    co_return co_await note(rows, *results);
  }
  const auto& error = results.error();
  if (is_worth_repeating(error)) co_return error;
  // Something in this batch can't be taken at all: halve until it stands alone, then put it aside.
  if (rows.size() > 1) {
    batch_rows_ = (rows.size() + 1) / 2;
    co_return Result<void>{};
  }
  const std::vector<api::RowResult> refused(
      1, api::RowResult{api::RowStatus::kRejected, 0, 0, {{{}, "", error.message}}});
  co_return co_await note(rows, refused);
}

Task<Result<void>> Handover::note(const std::vector<OutboxRow>& rows,
                                  const std::vector<api::RowResult>& results) {
  if (results.size() != rows.size())
    co_return unavailable("Metadata answered " + std::to_string(results.size()) + " results for " +
                          std::to_string(rows.size()) + " films.");
  std::vector<Delivery> deliveries;
  deliveries.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) deliveries.push_back(delivery_of(rows[i], results[i]));
  const auto lease = *lease_;
  const auto now = clock_.now();
  FILMOTEKA_CO_CHECK(co_await store_.acknowledge(lease, deliveries, now));
  if (observer_) observer_(deliveries);
  left_.set();
  co_return Result<void>{};
}

Task<void> Handover::rest_after(const Error& error) {
  ++failures_;
  const double chance = std::uniform_real_distribution<double>(0, 1)(random_);
  const auto wait = fetch::backoff(failures_, settings_.first_backoff, settings_.max_backoff, 0.2, chance);
  // One line when it begins, not one for each attempt.
  if (reachable_.exchange(false))
    log_.warning("films wait in the outbox: metadata does not take them",
                 {{"error", describe(error)}, {"outbox_rows", store_.depth()}});
  co_await sleep_for(wait);
}

void Handover::recovered() {
  failures_ = 0;
  if (!reachable_.exchange(true)) log_.info("metadata takes films again", {{"outbox_rows", store_.depth()}});
}

Task<void> Handover::wait_for_room(const std::atomic<bool>& stop) {
  while (store_.depth() >= settings_.outbox_max_rows && !stop.load(std::memory_order_relaxed)) {
    left_.reset();
    co_await left_.wait();
  }
}

}  // namespace filmoteka::scraper
