#include <filmoteka/base/time_format.hpp>
#include <filmoteka/commands/backup/byte_meter.hpp>
#include <filmoteka/commands/backup/manifest.hpp>
#include <filmoteka/commands/backup/postgres_part.hpp>
#include <filmoteka/commands/backup/sqlite_part.hpp>
#include <filmoteka/commands/backup/verify.hpp>
#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/config/common.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/sql/database.hpp>

#include <metadata/adapters/migrations.hpp>
#include <scraper/adapters/store/migrations.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace filmoteka::app {
namespace {

namespace fs = std::filesystem;

constexpr int kInterrupted = 130;

KnownSchemas known_schemas() {
  const auto last = [](std::span<const sql::Migration> migrations) {
    return migrations.back().version;
  };
  return {
      {PartKind::kSqlite,
       {{"metadata", last(metadata::sqlite_migrations())}, {"scraper", last(scraper::sqlite_migrations())}}},
      {PartKind::kPostgresql,
       {{"metadata", last(metadata::postgres_migrations())},
        {"scraper", last(scraper::postgres_migrations())}}}};
}

/// Where a part goes.
struct Target {
  const BackupPart* part = nullptr;
  std::string url;    ///< of PostgreSQL, or …
  fs::path database;  ///< … the SQLite file,
  fs::path folder;    ///< in the data folder of its service
  fs::path fresh() const { return database.string() + ".restoring"; }
};

Error conflict(std::string message) {
  return {ErrorCode::kConflict, std::move(message), {}, {}};
}

Result<fs::path> sqlite_file(const Settings& settings, const std::string& service) {
  if (service == "metadata") return metadata::database_file(settings.metadata);
  return settings.scraper.data / "scraper.db";
}

Result<Target> target_of(const Settings& settings, const BackupPart& part) {
  Target target;
  target.part = &part;
  std::optional<std::string> url;
  for (const auto& [service, version] : part.schemas) {
    const auto own = config::postgresql_url(service == "metadata" ? settings.metadata.database
                                                                  : settings.scraper.database);
    if (own.has_value() != (part.kind == PartKind::kPostgresql)) {
      return conflict(
          "The backup of " + service + " is one of " +
          (own ? "SQLite, and the settings name a PostgreSQL" : "PostgreSQL, and the settings name none") +
          ": restore it where it came from; `filmoteka copy` moves a catalogue to another database.");
    }
    if (url && url != own)
      return conflict("The backup has metadata and scraper in one database, the settings have them in two.");
    url = own;
    if (own) continue;
    FILMOTEKA_TRY(target.database, sqlite_file(settings, service));
    target.folder = service == "metadata" ? settings.data() : settings.scraper.data;
  }
  target.url = url.value_or("");
  return target;
}

Result<std::int64_t> count_films(const Target& target) {
  if (!target.part->schemas.contains("metadata")) return 0;
  return target.url.empty() ? count_sqlite_films(target.database) : count_postgres_films(target.url);
}

class Restore {
 public:
  Restore(fs::path folder, ByteMeter& meter) : folder_(std::move(folder)), meter_(meter) {}

  Result<Manifest> run(const Settings& settings, bool replace) {
    FILMOTEKA_TRY(Manifest manifest, verify_backup(folder_, meter_));
    FILMOTEKA_CHECK(is_restorable(manifest, known_schemas()));
    for (const BackupPart& part : manifest.parts) {
      FILMOTEKA_TRY(Target target, target_of(settings, part));
      targets_.push_back(std::move(target));
    }
    FILMOTEKA_CHECK(hold());
    if (!replace) FILMOTEKA_CHECK(expect_no_films());
    // All that may fail comes before what cannot be taken back.
    Result<void> copied = copy_files();
    if (copied.has_value()) copied = restore_databases();
    if (copied.has_error()) {
      remove_copies();
      return copied.error();
    }
    FILMOTEKA_CHECK(put_in_place());
    return manifest;
  }

  /// Where the files went that were there before.
  const std::vector<fs::path>& aside() const { return aside_; }

 private:
  /// Files are replaced under nobody's hands. (Replicas on a PostgreSQL may run.)
  Result<void> hold() {
    for (const Target& target : targets_) {
      if (!target.url.empty() || held_.contains(target.folder)) continue;
      FILMOTEKA_TRY(kit::DataFolder held, kit::DataFolder::open(target.folder));
      held_.emplace(target.folder, std::move(held));
    }
    return {};
  }

  Result<void> expect_no_films() {
    for (const Target& target : targets_) {
      FILMOTEKA_TRY(const std::int64_t films, count_films(target));
      if (films == 0) continue;
      return conflict("There are " + with_thousands(films) + " films already" +
                      (target.url.empty()
                           ? " in " + target.database.string() +
                                 ": --replace puts the backup in their place and keeps the present "
                                 "files beside it."
                           : " in the database: --replace puts the backup in their place, and they "
                             "are gone then. (Back them up first.)"));
    }
    return {};
  }

  Result<void> copy_files() {
    for (const Target& target : targets_) {
      if (!target.url.empty()) continue;
      std::error_code error;
      fs::create_directories(target.database.parent_path(), error);
      FILMOTEKA_CHECK(copy_file_durably(folder_ / target.part->file, target.fresh(), meter_.phase("copied")));
    }
    return {};
  }

  Result<void> restore_databases() {
    for (const Target& target : targets_) {
      if (target.url.empty()) continue;
      std::vector<std::string> services;
      for (const auto& [service, version] : target.part->schemas) services.push_back(service);
      FILMOTEKA_CHECK(
          restore_postgres(target.url, services, folder_ / target.part->file, meter_.phase("restored")));
    }
    return {};
  }

  void remove_copies() {
    std::error_code ignored;
    for (const Target& target : targets_) {
      if (target.url.empty()) fs::remove(target.fresh(), ignored);
    }
  }

  Result<void> put_in_place() {
    std::string name = "replaced-" + to_rfc3339(SystemClock::instance().now());
    std::erase(name, ':');
    for (const Target& target : targets_) {
      if (!target.url.empty()) continue;
      const fs::path folder = target.database.parent_path();
      // What stands in its log goes into the file, if it can still be read.
      std::error_code error;
      if (fs::exists(target.database, error)) (void)sql::Database::open(target.database);
      FILMOTEKA_TRY(const bool moved, move_aside(target.database, folder / name));
      if (moved && std::ranges::find(aside_, folder / name) == aside_.end()) aside_.push_back(folder / name);
      fs::rename(target.fresh(), target.database, error);
      if (error) return file_error(target.database, error.value());
      FILMOTEKA_CHECK(sync_path(folder));
    }
    return {};
  }

  fs::path folder_;
  ByteMeter& meter_;
  std::vector<Target> targets_;
  std::map<fs::path, kit::DataFolder> held_;
  std::vector<fs::path> aside_;
};

}  // namespace

int run_restore_backup(const Options& options, const RestoreCommand& command) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  StopRequests stop;
  ByteMeter meter(stop);
  Restore restore(command.folder, meter);
  const Result<Manifest> manifest = restore.run(settings, command.replace);
  meter.clear();
  if (manifest.has_error() && manifest.error().code == ErrorCode::kCancelled) {
    std::cerr << "Interrupted: everything is as it was.\n";
    return kInterrupted;
  }
  if (manifest.has_error()) return complain(manifest.error());
  std::cout << "restored " << with_thousands(manifest->films) << (manifest->films == 1 ? " film" : " films")
            << ", revision " << with_thousands(manifest->revision) << ", as of " << manifest->taken_at
            << '\n';
  for (const fs::path& folder : restore.aside())
    std::cout << "what was there before is in " << folder.string() << '\n';
  return 0;
}

}  // namespace filmoteka::app
