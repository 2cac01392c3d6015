#include <filmoteka/async/event.hpp>
#include <filmoteka/telemetry/request_id.hpp>

#include <gateway/core/feed/feed_follower.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace filmoteka::gateway {

FeedFollower::FeedFollower(Origin& origin, HttpCache& cache, const FeedSettings& settings,
                           telemetry::Logger log, telemetry::Metrics& metrics)
    : origin_(origin),
      cache_(cache),
      settings_(settings),
      log_(std::move(log)),
      connected_gauge_(metrics.gauge("filmoteka_gateway_feed_connected",
                                     "1 while changes of films are heard of as they happen")),
      revision_gauge_(metrics.gauge("filmoteka_gateway_feed_revision",
                                    "The catalogue's revision up to which all changes were heard")),
      changes_(
          metrics.counter("filmoteka_gateway_feed_changes_total", "Changes of films that were heard of")) {
  cache_.suspect(true);
}

Task<void> FeedFollower::run() {
  for (;;) {
    const auto before = heard_;
    auto asking = ask();
    const Result<Changes> changes = co_await std::move(asking);
    if (changes.has_error()) {
      lose(changes.error());
    } else if (heard_ && changes->revision < *heard_) {
      lose(
          unavailable("The catalogue is behind what was heard of it before.",
                      "revision " + std::to_string(changes->revision) + " after " + std::to_string(*heard_)));
    } else {
      take(*changes);
      // Nothing new: the answer was waited for, or should have been.
      if (before && before != heard_) continue;
    }
    auto pause = sleep_for(settings_.pause);
    co_await std::move(pause);
  }
}

Task<Result<Changes>> FeedFollower::ask() {
  // Nothing has happened after the end of time: that is how to hear of the present.
  constexpr std::uint64_t kEnd = std::numeric_limits<std::int64_t>::max();
  OriginRequest question;
  question.target = "/internal/v1/changes?since=" + std::to_string(heard_.value_or(kEnd));
  if (heard_) question.target += "&wait=" + std::to_string(settings_.wait.count());
  question.headers.emplace_back("X-Request-Id", telemetry::new_request_id().str());
  question.deadline = Deadline::after(settings_.wait + settings_.patience);
  auto sending = origin_.send(question);
  FILMOTEKA_CO_TRY(const OriginAnswer answer, co_await std::move(sending));
  if (answer.status != 200) {
    co_return unavailable("The catalogue's change feed is not there.",
                          "status " + std::to_string(answer.status));
  }
  co_return parse_changes(answer.body);
}

void FeedFollower::take(const Changes& changes) {
  if (!heard_) cache_.purge_all(changes.revision);
  for (const FilmChange& change : changes.films) cache_.purge(film_group(change.id), change.revision);
  if (!changes.films.empty()) cache_.purge(kAnyFilmGroup, changes.revision);
  changes_.increment(static_cast<double>(changes.films.size()));
  heard_ = changes.revision;
  revision_gauge_.set(static_cast<double>(changes.revision));
  set_connected(true);
}

void FeedFollower::lose(const Error& why) {
  if (connected_ != false) {
    log_.warning("changes of films are not heard of: answers are cached for a few seconds only",
                 {{"error", describe(why)}});
  }
  set_connected(false);
}

void FeedFollower::set_connected(bool connected) {
  if (connected_ == connected) return;
  if (connected) log_.info("changes of films are heard of", {{"revision", *heard_}});
  connected_ = connected;
  connected_gauge_.set(connected ? 1 : 0);
  cache_.suspect(!connected);
}

}  // namespace filmoteka::gateway
