#include <filmoteka/async/event.hpp>
#include <filmoteka/base/time_format.hpp>

#include <metadata/core/live/follower.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kNewsLimit = 1'000;
constexpr auto kFirstPause = std::chrono::milliseconds(100);
constexpr auto kLongestPause = std::chrono::milliseconds(5'000);

}  // namespace

Follower::Follower(LiveCatalogue& catalogue, MovieStore& store, telemetry::Logger log,
                   telemetry::Metrics& metrics, std::chrono::milliseconds interval)
    : catalogue_(catalogue),
      store_(store),
      log_(std::move(log)),
      connected_(metrics.gauge("filmoteka_metadata_store_connected",
                               "1: the database answers. 0: reads are served from memory, writes refused.")),
      interval_(interval) {
  connected_.set(1);
}

Task<void> Follower::run() {
  for (;;) {
    auto pausing = pause_.count() > 0 ? sleep_for(pause_) : store_.wait_for_news(Deadline::after(interval_));
    co_await std::move(pausing);
    auto films = catch_up();
    Result<void> done = co_await std::move(films);
    if (!done.has_error()) {
      auto views = catch_up_views();
      done = co_await std::move(views);
    }
    done.has_error() ? lost(done.error()) : found();
  }
}

Task<Result<void>> Follower::catch_up() {
  for (;;) {
    const domain::Revision before = catalogue_.taken();
    auto asking = store_.news(before, kNewsLimit);
    FILMOTEKA_CO_TRY(News news, co_await std::move(asking));
    const bool more = news.changes.size() >= kNewsLimit;
    auto entering = catalogue_.enter(before, news.revision, std::move(news.changes));
    co_await std::move(entering);
    if (!more) co_return Result<void>();
  }
}

Task<Result<void>> Follower::catch_up_views() {
  auto asking = store_.view_news(catalogue_.views_version());
  FILMOTEKA_CO_TRY(const ViewNews news, co_await std::move(asking));
  catalogue_.enter_views(news);
  co_return Result<void>();
}

void Follower::lost(const Error& error) {
  pause_ = pause_.count() == 0 ? kFirstPause : std::min(pause_ * 2, kLongestPause);
  if (!connected()) return;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  lost_since_ = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  connected_.set(0);
  log_.error("the database does not answer; reads go on from memory, writes are refused until it is back",
             {{"detail", filmoteka::describe(error)}});
}

void Follower::found() {
  pause_ = std::chrono::milliseconds(0);
  if (connected()) return;
  lost_since_ = 0;
  connected_.set(1);
  log_.info("the database answers again; the catalogue has caught up", {{"revision", catalogue_.taken()}});
}

std::string Follower::describe() const {
  const std::int64_t since = lost_since_.load();
  if (since == 0) return "ok";
  const Timestamp time{std::chrono::seconds(since)};
  return "degraded: the database has not answered since " + to_rfc3339(time) +
         "; reads are served from memory, writes are refused";
}

}  // namespace filmoteka::metadata
