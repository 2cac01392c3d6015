#include <filmoteka/async/both.hpp>

#include <metadata/core/copy/comparison.hpp>
#include <metadata/core/copy/verify.hpp>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

using Films = std::vector<domain::Movie>;

constexpr std::size_t kFeedPage = 10'000;

/// What the source has changed since. Asked after the state that is compared was opened, and up to now: a
/// film that changed before and was deleted after that stands in the feed with its deletion only.
Task<Result<Comparison::Excused>> changed_since(MovieStore& source, domain::Revision after,
                                                std::int64_t views_version) {
  constexpr auto kNow = std::numeric_limits<domain::Revision>::max();
  Comparison::Excused excused;
  for (std::size_t found = kFeedPage; found == kFeedPage;) {
    auto asking = source.changes({after, kNow, kFeedPage});
    FILMOTEKA_CO_TRY(const std::vector<FeedEntry> entries, co_await std::move(asking));
    for (const FeedEntry& entry : entries) excused.films.insert(entry.id);
    if (!entries.empty()) after = entries.back().revision;
    found = entries.size();
  }
  auto asking = source.view_news(views_version);
  FILMOTEKA_CO_TRY(const ViewNews news, co_await std::move(asking));
  for (const FilmViews& views : news.views) excused.views.insert(views.id);
  co_return excused;
}

Task<Result<Films>> nothing() {
  co_return Films();
}

/// Gives the comparison what it wants next of either side.
Task<Result<void>> give_next(Comparison& comparison, FilmReader& source, FilmReader& target) {
  const bool wants_source = comparison.wants(Comparison::kSource);
  const bool wants_target = comparison.wants(Comparison::kTarget);
  auto reading = both(wants_source ? source.next() : nothing(), wants_target ? target.next() : nothing());
  auto [from_source, from_target] = co_await std::move(reading);
  FILMOTEKA_CO_TRY(Films films, std::move(from_source));
  FILMOTEKA_CO_TRY(Films copies, std::move(from_target));
  if (wants_source) comparison.give(Comparison::kSource, std::move(films));
  if (wants_target) comparison.give(Comparison::kTarget, std::move(copies));
  co_return Result<void>();
}

Error differs(const std::string& what) {
  return corrupt(
      "The copy is not the same as its source: " + what + " Empty the target database and copy again.", {});
}

/// Both ascending by their films. The pairs that are only in `given`; nullopt: the other has more, or others.
std::optional<std::vector<Surroundings::Pair>> missing_pairs(const std::vector<Surroundings::Pair>& given,
                                                             const std::vector<Surroundings::Pair>& found) {
  std::vector<Surroundings::Pair> missing;
  auto next = found.begin();
  for (const Surroundings::Pair& pair : given) {
    if (next != found.end() && *next == pair) {
      ++next;
    } else {
      missing.push_back(pair);
    }
  }
  if (next != found.end()) return std::nullopt;
  return missing;
}

}  // namespace

Task<Result<void>> verify_surroundings(const Surroundings& given, CopyableStore& target) {
  auto reading = target.surroundings();
  FILMOTEKA_CO_TRY(const Surroundings found, co_await std::move(reading));
  if (found.deleted != given.deleted) co_return differs("its deleted films are others.");
  if (found.remembered != given.remembered) co_return differs("its idempotency keys are others.");
  const auto missing = missing_pairs(given.reviews, found.reviews);
  if (!missing) co_return differs("its reviews are others.");
  for (const Surroundings::Pair& pair : *missing) {
    auto first = target.film(pair.review.movie);
    FILMOTEKA_CO_TRY(const std::optional<domain::Movie> movie, co_await std::move(first));
    auto second = target.film(pair.review.other);
    FILMOTEKA_CO_TRY(const std::optional<domain::Movie> other, co_await std::move(second));
    if (movie && other)
      co_return differs("the review of " + std::to_string(pair.review.movie) + " is missing.");
  }
  co_return Result<void>();
}

Task<Result<Verified>> verify_copy(MovieStore& source, MovieStore& target, domain::Revision up_to,
                                   std::int64_t views_version,
                                   const std::function<void(std::uint64_t)>& progress) {
  auto opening = source.read_all();
  FILMOTEKA_CO_TRY(const std::unique_ptr<FilmReader> films, co_await std::move(opening));
  auto opening_target = target.read_all();
  FILMOTEKA_CO_TRY(const std::unique_ptr<FilmReader> copies, co_await std::move(opening_target));
  auto asking = changed_since(source, up_to, views_version);
  FILMOTEKA_CO_TRY(Comparison::Excused excused, co_await std::move(asking));
  Verified verified;
  verified.later = excused.films.size();
  Comparison comparison(std::move(excused));
  while (!comparison.is_finished()) {
    auto giving = give_next(comparison, *films, *copies);
    FILMOTEKA_CO_CHECK(co_await std::move(giving));
    progress(comparison.sum(Comparison::kSource).films());
  }
  if (comparison.difference()) {
    co_return differs(*comparison.difference());
  }
  verified.films = comparison.sum(Comparison::kSource).films();
  verified.sha256 = comparison.sum(Comparison::kSource).sha256();
  if (comparison.sum(Comparison::kTarget).films() != verified.films ||
      comparison.sum(Comparison::kTarget).sha256() != verified.sha256) {
    co_return internal("The sums of equal films differ.");
  }
  co_return verified;
}

}  // namespace filmoteka::metadata
