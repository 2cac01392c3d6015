/// Statements to the server and their results back.
#pragma once

#include "wire.hpp"

#include <filmoteka/sql/postgres/parameters.hpp>
#include <filmoteka/sql/postgres/rows.hpp>

#include <string>
#include <vector>

namespace filmoteka::sql::postgres {

/// One pipeline with one sync at its end. The first failure is returned after all has been read, so that the
/// wire is ready for the next; a lost wire is closed.
Task<Result<std::vector<Rows>>> send_batch(Wire& wire, const Batch& batch);

/// Outside pipeline mode, by the simple protocol.
Task<Result<void>> send_script(Wire& wire, std::string sql);

}  // namespace filmoteka::sql::postgres
