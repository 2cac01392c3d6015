/// The store in one SQLite file.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/store.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// Opens the file (its folder must exist) and brings its schema up to date. Blocks: call it before serving or
/// on a pool. Writes go through one thread and one connection; reads have a thread and connections of their
/// own and don't wait for writes. `metrics` get filmoteka_metadata_store_commit_seconds.
/// Errors as sql::Database::open() and sql::migrate().
Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file, const Clock& clock,
                                                 telemetry::Metrics& metrics, Store::CommitListener listener);

/// The migrations that open_sqlite_store() would apply to the file; all of them if there is no file.
Result<std::vector<std::string>> pending_sqlite_migrations(const std::filesystem::path& file);

}  // namespace filmoteka::metadata
