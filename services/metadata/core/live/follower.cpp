#include <filmoteka/async/event.hpp>
#include <filmoteka/base/time_format.hpp>

#include <metadata/core/live/follower.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kNewsLimit = 1'000;
constexpr std::size_t kSmallestNewsLimit = 10;
constexpr auto kFirstPause = std::chrono::milliseconds(100);
constexpr auto kLongestPause = std::chrono::milliseconds(500);

}  // namespace

Follower::Follower(LiveCatalogue& catalogue, MovieStore& store, telemetry::Logger log,
                   telemetry::Metrics& metrics, std::chrono::milliseconds interval)
    : catalogue_(catalogue),
      store_(store),
      log_(std::move(log)),
      connected_(metrics.gauge("filmoteka_metadata_store_connected",
                               "1: the database answers. 0: reads are served from memory, writes refused.")),
      went_back_(metrics.counter("filmoteka_metadata_store_went_back_total",
                                 "Times that the database was found behind what had been read from it, and "
                                 "the catalogue was loaded anew.")),
      interval_(interval),
      limit_(kNewsLimit),
      secret_(store.secret()) {
  connected_.set(1);
}

Task<void> Follower::run() {
  for (;;) {
    auto looking = look();
    const Result<void> done = co_await std::move(looking);
    done.has_error() ? lost(done.error()) : found();
    if (catalogue_.needs_load()) co_return;
    // The store that is back ends the pause by its news.
    auto waiting = store_.wait_for_news(Deadline::after(pause_.count() > 0 ? pause_ : interval_));
    co_await std::move(waiting);
  }
}

Task<Result<void>> Follower::look() {
  auto films = catch_up();
  FILMOTEKA_CO_CHECK(co_await std::move(films));
  auto views = catch_up_views();
  FILMOTEKA_CO_CHECK(co_await std::move(views));
  co_return Result<void>();
}

Task<Result<void>> Follower::catch_up() {
  while (!catalogue_.needs_load()) {
    const domain::Revision before = catalogue_.taken();
    auto asking = store_.news(before, limit_);
    FILMOTEKA_CO_TRY(News news, co_await std::move(asking));
    check_secret(news.secret);
    if (news.revision < before) went_back("revision", before, news.revision);
    if (catalogue_.needs_load()) break;
    const bool more = news.changes.size() >= limit_;
    auto entering = catalogue_.enter(before, news.revision, std::move(news.changes));
    co_await std::move(entering);
    if (!more) break;
  }
  co_return Result<void>();
}

Task<Result<void>> Follower::catch_up_views() {
  if (catalogue_.needs_load()) co_return Result<void>();
  const std::int64_t before = catalogue_.views_version();
  auto asking = store_.view_news(before);
  FILMOTEKA_CO_TRY(const ViewNews news, co_await std::move(asking));
  if (news.version < before) {
    went_back("version of views", before, news.version);
  } else {
    catalogue_.enter_views(news);
  }
  co_return Result<void>();
}

void Follower::check_secret(const std::string& now) {
  if (now.empty() || now == secret_) return;
  secret_ = now;
  is_another_ = true;
  went_back_.increment();
  log_.error(
      "the database holds another catalogue than at the start of this process: it is loaded anew; restart"
      " the process, for its cursors do not fit those of others");
  catalogue_.renew();
}

void Follower::went_back(std::string_view what, std::int64_t taken, std::int64_t stored) {
  if (catalogue_.is_renewing()) return;
  went_back_.increment();
  log_.error(
      "the database has gone back behind what was read from it (a standby that lagged took over, or a backup "
      "was restored): what came later is lost there, and the catalogue is loaded anew",
      {{"what", what}, {"taken", taken}, {"stored", stored}});
  catalogue_.renew();
}

void Follower::lost(const Error& error) {
  pause_ = pause_.count() == 0 ? kFirstPause : std::min(pause_ * 2, kLongestPause);
  // Perhaps it only was too much for the time: a smaller step comes through.
  if (error.code == ErrorCode::kDeadlineExceeded) limit_ = std::max(limit_ / 2, kSmallestNewsLimit);
  if (!connected()) return;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  lost_since_ = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  connected_.set(0);
  log_.error("the database does not answer; reads go on from memory, writes are refused until it is back",
             {{"detail", filmoteka::describe(error)}});
}

void Follower::found() {
  pause_ = std::chrono::milliseconds(0);
  limit_ = kNewsLimit;
  if (connected()) return;
  lost_since_ = 0;
  connected_.set(1);
  log_.info("the database answers again; the catalogue has caught up", {{"revision", catalogue_.taken()}});
}

std::string Follower::describe() const {
  const std::int64_t since = lost_since_.load();
  if (since != 0) {
    const Timestamp time{std::chrono::seconds(since)};
    return "degraded: the database has not answered since " + to_rfc3339(time) +
           "; reads are served from memory, writes are refused";
  }
  return is_another_ ? "degraded: the database holds another catalogue since this process started; restart it"
                     : "ok";
}

}  // namespace filmoteka::metadata
