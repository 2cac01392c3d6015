#include <metadata/handlers/batch_answers.hpp>

namespace filmoteka::metadata {
namespace {

api::RowStatus status_of(WriteStatus status) {
  switch (status) {
    case WriteStatus::kCreated:
      return api::RowStatus::kCreated;
    case WriteStatus::kUpdated:
      return api::RowStatus::kUpdated;
    case WriteStatus::kMerged:
      return api::RowStatus::kMerged;
    case WriteStatus::kUnchanged:
    case WriteStatus::kDeleted:
      break;
  }
  return api::RowStatus::kUnchanged;
}

}  // namespace

api::RowResult to_row_result(const RowOutcome& outcome) {
  return {status_of(outcome.status), outcome.id, outcome.revision, {}};
}

}  // namespace filmoteka::metadata
