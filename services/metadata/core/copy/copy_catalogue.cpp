#include <filmoteka/async/both.hpp>

#include <metadata/core/copy/copy_catalogue.hpp>
#include <metadata/core/copy/may_copy.hpp>
#include <metadata/core/copy/verify.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace filmoteka::metadata {
namespace {

/// So often it looks for what was written while it copied: each time that is less. A source that is written
/// to for ever does not keep it for ever.
constexpr int kMaxRounds = 10;
constexpr std::size_t kViewsOfStep = 10'000;

class Copying {
 public:
  Copying(CopyableStore& source, CopyableStore& target, CopyOptions options)
      : source_(source), target_(target), options_(std::move(options)) {}

  Task<Result<CopyReport>> run();

 private:
  Task<Result<void>> begin();
  Task<Result<void>> catch_up();
  Task<Result<void>> bring_films(domain::Revision until);
  Task<Result<void>> write(News& news);
  Task<Result<void>> bring_views();
  Task<Result<void>> bring_surroundings();
  Task<Result<void>> verify();
  Task<Result<void>> finish();

  CopyableStore& source_;
  CopyableStore& target_;
  CopyOptions options_;
  CopyReport report_;
  domain::Revision position_ = 0;   ///< of the source: the target has everything up to it
  std::int64_t views_version_ = 0;  ///< the same of views
  std::uint64_t copied_ = 0;
};

Task<Result<void>> Copying::begin() {
  auto asking = source_.copy_mark();
  FILMOTEKA_CO_TRY(const CopyMark source, co_await std::move(asking));
  auto asking_target = target_.copy_mark();
  FILMOTEKA_CO_TRY(const CopyMark target, co_await std::move(asking_target));
  FILMOTEKA_CO_CHECK(may_copy(source, target));
  report_.from = position_ = target.counters.revision;
  auto beginning = target_.begin_copy(source.secret);
  FILMOTEKA_CO_CHECK(co_await std::move(beginning));
  co_return Result<void>();
}

Task<Result<void>> Copying::write(News& news) {
  std::vector<domain::Movie> movies;
  std::vector<RestoreMovies::Deletion> deletions;
  for (Change& change : news.changes) {
    if (change.movie) {
      movies.push_back(std::move(*change.movie));
    } else {
      deletions.push_back({change.id, change.revision});
    }
  }
  copied_ += movies.size();
  const Write restore = RestoreMovies{movies, deletions, true};
  auto writing = target_.write(restore);
  FILMOTEKA_CO_CHECK(co_await std::move(writing));
  co_return Result<void>();
}

/// The next films are read while these are written.
Task<Result<void>> Copying::bring_films(domain::Revision until) {
  auto reading = source_.news(position_, options_.batch);
  FILMOTEKA_CO_TRY(News news, co_await std::move(reading));
  while (!news.changes.empty()) {
    auto step = both(source_.news(news.revision, options_.batch), write(news));
    auto [next, written] = co_await std::move(step);
    FILMOTEKA_CO_CHECK(std::move(written));
    position_ = news.revision;
    options_.progress({"copied", copied_});
    if (position_ >= until) co_return Result<void>();
    FILMOTEKA_CO_TRY(news, std::move(next));
  }
  position_ = std::max(position_, news.revision);
  co_return Result<void>();
}

Task<Result<void>> Copying::bring_views() {
  auto reading = source_.view_news(views_version_);
  FILMOTEKA_CO_TRY(const ViewNews news, co_await std::move(reading));
  // In steps, each within a call's time; a copy that is broken off repeats what was brought, to no effect.
  std::span<const FilmViews> rest = news.views;
  while (!rest.empty()) {
    const std::size_t size = std::min(rest.size(), kViewsOfStep);
    auto writing = target_.set_views(rest.first(size));
    FILMOTEKA_CO_CHECK(co_await std::move(writing));
    rest = rest.subspan(size);
  }
  views_version_ = news.version;
  co_return Result<void>();
}

Task<Result<void>> Copying::catch_up() {
  for (int round = 0; round < kMaxRounds; ++round) {
    auto asking = source_.copy_mark();
    FILMOTEKA_CO_TRY(const CopyMark source, co_await std::move(asking));
    if (round > 0 && source.counters.revision <= position_) break;
    auto films = bring_films(source.counters.revision);
    FILMOTEKA_CO_CHECK(co_await std::move(films));
    auto views = bring_views();
    FILMOTEKA_CO_CHECK(co_await std::move(views));
  }
  co_return Result<void>();
}

Task<Result<void>> Copying::bring_surroundings() {
  auto reading = source_.surroundings();
  FILMOTEKA_CO_TRY(Surroundings surroundings, co_await std::move(reading));
  // What came later belongs to films that are not here yet, and to revisions that the target may give itself.
  const auto is_later = [this](const auto& one) {
    return one.revision > position_;
  };
  std::erase_if(surroundings.deleted, is_later);
  std::erase_if(surroundings.remembered, is_later);
  const auto is_open = [](const Surroundings::Pair& pair) {
    return !pair.dismissed;
  };
  report_.reviews = static_cast<std::uint64_t>(
      std::count_if(surroundings.reviews.begin(), surroundings.reviews.end(), is_open));
  auto writing = target_.set_surroundings(surroundings);
  FILMOTEKA_CO_CHECK(co_await std::move(writing));
  auto verifying = verify_surroundings(surroundings, target_);
  FILMOTEKA_CO_CHECK(co_await std::move(verifying));
  co_return Result<void>();
}

Task<Result<void>> Copying::verify() {
  const std::function<void(std::uint64_t)> show = [this](std::uint64_t films) {
    options_.progress({"verified", films});
  };
  auto verifying = verify_copy(source_, target_, position_, views_version_, show);
  FILMOTEKA_CO_TRY(Verified verified, co_await std::move(verifying));
  report_.films = verified.films;
  report_.sha256 = std::move(verified.sha256);
  report_.later = verified.later;
  co_return Result<void>();
}

Task<Result<void>> Copying::finish() {
  auto asking = source_.copy_mark();
  FILMOTEKA_CO_TRY(const CopyMark source, co_await std::move(asking));
  const Counters counters{position_, source.counters.last_id};
  auto ending = target_.end_copy(counters);
  FILMOTEKA_CO_CHECK(co_await std::move(ending));
  report_.up_to = position_;
  co_return Result<void>();
}

Task<Result<CopyReport>> Copying::run() {
  using Step = Task<Result<void>> (Copying::*)();
  static constexpr std::array<Step, 5> kSteps{
      &Copying::begin, &Copying::catch_up, &Copying::bring_surroundings, &Copying::verify, &Copying::finish};
  for (const Step step : kSteps) {
    auto doing = (this->*step)();
    FILMOTEKA_CO_CHECK(co_await std::move(doing));
  }
  co_return std::move(report_);
}

}  // namespace

Task<Result<CopyReport>> copy_catalogue(CopyableStore& source, CopyableStore& target, CopyOptions options) {
  Copying copying(source, target, std::move(options));
  auto running = copying.run();
  co_return co_await std::move(running);
}

}  // namespace filmoteka::metadata
