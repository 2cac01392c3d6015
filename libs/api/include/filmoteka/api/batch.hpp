/// POST /internal/v1/movies:batch: the shapes on both sides.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::api {

inline constexpr std::size_t kMaxBatchRows = 1'000;
inline constexpr std::size_t kMaxBatchBytes = 8 * 1024 * 1024;

enum class RowStatus { kCreated, kUpdated, kUnchanged, kMerged, kRejected };
std::string_view to_string(RowStatus status);
std::optional<RowStatus> row_status_from(std::string_view text);

/// What became of one row; the same index as in the request.
struct RowResult {
  RowStatus status = RowStatus::kRejected;
  domain::MovieId id = 0;          ///< 0 when rejected
  domain::Revision revision = 0;   ///< 0 when rejected
  std::vector<FieldError> errors;  ///< only when rejected
};

/// Each row of a JSON array or NDJSON (by Content-Type; blank lines are no rows) on its own: a bad row (bad
/// UTF-8, nested too deep, no JSON, no film) does not spoil the others. Fails as a whole only for an array
/// whose rows cannot be told apart (kInvalidArgument, with the row where it breaks off), for more than
/// kMaxBatchRows rows (kPayloadTooLarge), or for another content type (kUnsupportedMedia).
Result<std::vector<Result<domain::MovieFacts>>> parse_batch(std::string_view body,
                                                            std::string_view content_type);

std::string batch_result_json(const std::vector<RowResult>& results);
Result<std::vector<RowResult>> parse_batch_result(std::string_view body);

}  // namespace filmoteka::api
