#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/export_movies.hpp>
#include <metadata/handlers/parameters.hpp>

#include <limits>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{128} * 1024;

/// The walk as a body: ExportCursor stays where it is while pieces are sent.
Task<Result<std::string>> next_piece(std::shared_ptr<ExportCursor> cursor) {
  co_return cursor->next(kPieceBytes);
}

}  // namespace

std::string ExportCursor::next(std::size_t bytes) {
  std::string out;
  while (out.size() < bytes && append_film(out)) {
  }
  return out;
}

bool ExportCursor::append_film(std::string& out) {
  const Segment& segment = *snapshot_->segment;
  const auto entries = snapshot_->delta->entries();
  while (row_ < segment.size() && snapshot_->delta->is_masked(row_)) ++row_;
  constexpr auto kNone = std::numeric_limits<domain::MovieId>::max();
  const domain::MovieId in_segment = row_ < segment.size() ? segment.id[row_] : kNone;
  const domain::MovieId in_delta = entry_ < entries.size() ? entries[entry_].id : kNone;
  if (in_segment == kNone && in_delta == kNone) return false;
  if (in_segment < in_delta) {
    append_full(out, snapshot_->json(row_));
    ++row_;
  } else {
    const FilmRow& film = *entries[entry_].row;
    append_full(out, snapshot_->json(film));
    ++entry_;
  }
  out += '\n';
  return true;
}

Task<http::Response> export_movies_handler(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<void> expected = expect_no_parameters(request.query);
  if (expected.has_error()) co_return problem(expected.error(), request);
  auto snapshot = catalogue.snapshot(co_await asio::this_coro::executor);
  http::Response response;
  response.set_header("Content-Type", "application/x-ndjson");
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Catalogue-Revision", std::to_string(snapshot->revision));
  auto cursor = std::make_shared<ExportCursor>(std::move(snapshot));
  response.stream = [cursor] {
    return next_piece(cursor);
  };
  co_return response;
}

}  // namespace filmoteka::metadata
