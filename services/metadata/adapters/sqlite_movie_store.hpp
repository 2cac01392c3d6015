/// The store in one SQLite file.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/copy/copyable_store.hpp>
#include <metadata/core/movie_store.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// Opens the file (its folder must exist), brings its schema up to date, and makes the match keys anew if
/// they are of an older algorithm (about 20 s for a million films, once). Blocks: call it before serving or
/// on a pool. Writes go through one thread and one connection; reads have a thread and connections of their
/// own and don't wait for writes. `metrics` get filmoteka_metadata_store_commit_seconds. Errors as
/// sql::Database::open() and sql::migrate(); kConflict: a copy into it is not finished.
Result<std::unique_ptr<MovieStore>> open_sqlite_movie_store(const std::filesystem::path& file,
                                                            const Clock& clock, telemetry::Metrics& metrics);

/// For `filmoteka copy`. A source is neither migrated nor made ready to be written; another process may serve
/// it meanwhile. kConflict: its schema is not of this program, or it does not exist.
Result<std::unique_ptr<CopyableStore>> open_sqlite_to_copy(const std::filesystem::path& file, CopyRole role,
                                                           const Clock& clock, telemetry::Metrics& metrics);

/// The names of the migrations that opening would apply; the file need not exist. Changes nothing.
Result<std::vector<std::string>> pending_sqlite_migrations(const std::filesystem::path& file);

}  // namespace filmoteka::metadata
