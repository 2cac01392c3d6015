#include <filmoteka/api/batch.hpp>
#include <filmoteka/base/strings.hpp>

#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/batch_answers.hpp>
#include <metadata/handlers/export_lines.hpp>
#include <metadata/handlers/parameters.hpp>
#include <metadata/handlers/restore_movies.hpp>
#include <metadata/handlers/write_through.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

/// The lines of a request by their kinds.
struct Lines {
  std::vector<domain::Movie> movies;
  std::vector<RestoreMovies::Deletion> deletions;
  std::vector<StoredReview> reviews;
  Counters counters;

  void add(domain::Movie movie) { movies.push_back(std::move(movie)); }
  void add(RestoreMovies::Deletion deletion) { deletions.push_back(deletion); }
  void add(StoredReview review) { reviews.push_back(std::move(review)); }
  void add(const ExportEnd& end) {
    counters.revision = std::max(counters.revision, end.counters.revision);
    counters.last_id = std::max(counters.last_id, end.counters.last_id);
  }
};

Result<void> check_type(std::string_view content_type) {
  const std::string type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  if (type == "application/x-ndjson" || type == "application/ndjson") return {};
  return Error{ErrorCode::kUnsupportedMedia, "The body must be application/x-ndjson.", {}, {}};
}

Result<Lines> read_lines(std::string_view body, Timestamp now) {
  Lines lines;
  std::size_t number = 0;
  std::size_t count = 0;
  for (const std::string_view text : split(body, '\n')) {
    ++number;
    if (trim(text).empty()) continue;
    if (count++ == api::kMaxBatchRows) {
      return Error{ErrorCode::kPayloadTooLarge,
                   "A batch has at most " + std::to_string(api::kMaxBatchRows) + " lines.",
                   {},
                   {}};
    }
    Result<ExportLine> line = read_export_line(text, now);
    if (line.has_error()) {
      Error error = line.error();
      error.message = "Line " + std::to_string(number) + ": " + error.message;
      return error;
    }
    const auto add = [&lines](auto&& one) {
      lines.add(std::forward<decltype(one)>(one));
    };
    std::visit(add, std::move(*line));
  }
  return lines;
}

RestoreMovies write_of(const Lines& lines) {
  return {lines.movies,  lines.deletions,        false,
          lines.reviews, lines.counters.last_id, lines.counters.revision};
}

}  // namespace

Task<http::Response> RestoreBatch::handle(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<void> expected = expect_no_parameters(request.query);
  if (expected.has_error()) co_return problem(expected.error(), request);
  const Result<void> type = check_type(request.header("Content-Type").value_or(""));
  if (type.has_error()) co_return problem(type.error(), request);
  auto parse = [body = request.body, now = clock_.now()] {
    return read_lines(body, now);
  };
  auto parsing = pool_.run(std::move(parse));
  const Result<Lines> lines = co_await std::move(parsing);
  if (lines.has_error()) co_return problem(lines.error(), request);
  const Write write = write_of(*lines);
  auto writing = write_through(store_, catalogue, write, request.deadline);
  const Result<std::vector<RowOutcome>> outcomes = co_await std::move(writing);
  if (outcomes.has_error()) co_return problem(outcomes.error(), request);
  std::vector<api::RowResult> results;
  for (std::size_t i = 0; i < lines->movies.size(); ++i) results.push_back(to_row_result((*outcomes)[i]));
  co_return http::json_response(200, api::batch_result_json(results));
}

}  // namespace filmoteka::metadata
