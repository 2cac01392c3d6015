#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/export_lines.hpp>
#include <metadata/handlers/export_movies.hpp>
#include <metadata/handlers/parameters.hpp>

#include <string>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

/// One of the exports that may be under way.
class Place {
 public:
  explicit Place(std::shared_ptr<std::atomic<int>> taken) : taken_(std::move(taken)) {
    is_free_ = taken_->fetch_add(1) < ExportMovies::kMostAtOnce;
  }
  ~Place() { taken_->fetch_sub(1); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  bool is_free() const { return is_free_; }

 private:
  std::shared_ptr<std::atomic<int>> taken_;
  bool is_free_ = false;
};

/// An export under way.
struct Export {
  Export(std::unique_ptr<Place> taken, StoreExport opened)
      : place(std::move(taken)),
        films(std::move(opened.films)),
        text(opened.counters, std::move(opened.deletions), std::move(opened.reviews)) {}

  std::unique_ptr<Place> place;  // given back last
  std::unique_ptr<FilmReader> films;
  ExportText text;
};

Task<Result<std::string>> next_piece(std::shared_ptr<Export> one) {
  if (one->text.is_finished()) co_return std::string();
  std::vector<domain::Movie> movies;
  if (one->films) {
    auto reading = one->films->next();
    FILMOTEKA_CO_TRY(movies, co_await std::move(reading));
    // What follows the films is in memory: the store's connection is free for others.
    if (movies.empty()) one->films.reset();
  }
  co_return one->text.next(movies);
}

}  // namespace

Task<http::Response> ExportMovies::handle(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<void> expected = expect_no_parameters(request.query);
  if (expected.has_error()) co_return problem(expected.error(), request);
  auto place = std::make_unique<Place>(running_);
  if (!place->is_free()) {
    const Error busy = unavailable("Other exports are under way: at most " + std::to_string(kMostAtOnce) +
                                   " at once. Try again when one has ended.");
    co_return problem(busy, request);
  }
  auto opening = store_.read_export();
  Result<StoreExport> opened = co_await std::move(opening);
  if (opened.has_error()) co_return problem(opened.error(), request);
  const domain::Revision revision = opened->counters.revision;
  const auto one = std::make_shared<Export>(std::move(place), std::move(opened).value());
  http::Response response;
  response.set_header("Content-Type", "application/x-ndjson");
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Catalogue-Revision", std::to_string(revision));
  response.stream = [one] {
    return next_piece(one);
  };
  co_return response;
}

}  // namespace filmoteka::metadata
