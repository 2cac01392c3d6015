/// The store in PostgreSQL, shared by any number of metadata services.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/copy/copyable_store.hpp>
#include <metadata/core/movie_store.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::metadata {

struct PostgresStoreSettings {
  std::string url;  ///< postgresql://user:password@host:5432/database
  /// For writes, and as many more for loading and exports; the change feed has two of its own, and listening
  /// one.
  std::size_t connections = 4;
  std::chrono::milliseconds deadline{20'000};  ///< of each call
  /// Of a write, with its waiting for a connection and for the writers before it: not above `deadline`.
  std::chrono::milliseconds write_deadline{5'000};
  /// Of asking for news: for so long an outage may stay unnoticed. Not above `deadline`.
  std::chrono::milliseconds feed_deadline{2'000};
  std::chrono::milliseconds migration_deadline{600'000};  ///< of opening
  std::chrono::milliseconds start_patience{30'000};       ///< with a database that cannot be reached yet
  telemetry::Logger log{nullptr, telemetry::LogLevel::kOff, "metadata"};
};

/// Connects, brings the schema (`metadata`, in the URL's database) up to date and starts the store's own
/// thread, on which all of its connections live and all planning is done. Blocks: call it before serving or
/// on a pool. `metrics` get filmoteka_metadata_store_commit_seconds, …_listening and the pools' figures.
/// Errors as sql::postgres::Connection and sql::postgres::migrate(); kConflict: a copy into it is not
/// finished.
///
/// A write's transaction begins with the lock of the table catalogue's single row, so that writers of all
/// replicas come one after another and revisions become visible in their order: what is visible up to a
/// revision is complete. A writer that stops in the middle (a process that hangs) holds it for three seconds,
/// then the server ends its transaction.
Result<std::unique_ptr<MovieStore>> open_postgres_movie_store(const PostgresStoreSettings& settings,
                                                              const Clock& clock,
                                                              telemetry::Metrics& metrics);

/// For `filmoteka copy`. A source is neither migrated nor made ready to be written. kConflict: the source's
/// schema is not of this program; the target is being served.
Result<std::unique_ptr<CopyableStore>> open_postgres_to_copy(const PostgresStoreSettings& settings,
                                                             CopyRole role, const Clock& clock,
                                                             telemetry::Metrics& metrics);

/// Brings the schema up to date and returns the names of the migrations that were applied now. Blocks.
Result<std::vector<std::string>> migrate_postgres(const PostgresStoreSettings& settings, const Clock& clock);

/// The migrations that migrate_postgres() would apply. Blocks.
Result<std::vector<std::string>> pending_postgres_migrations(const PostgresStoreSettings& settings);

}  // namespace filmoteka::metadata
