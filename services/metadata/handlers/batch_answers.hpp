/// What became of a row, as the answers of batches say it.
#pragma once

#include <filmoteka/api/batch.hpp>

#include <metadata/core/write/write.hpp>

namespace filmoteka::metadata {

api::RowResult to_row_result(const RowOutcome& outcome);

}  // namespace filmoteka::metadata
