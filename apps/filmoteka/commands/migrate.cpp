#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/config/common.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/migrations.hpp>

#include <metadata/adapters/migrations.hpp>
#include <metadata/adapters/postgres_movie_store.hpp>
#include <scraper/adapters/store/migrations.hpp>
#include <scraper/adapters/store/postgres_store.hpp>

#include <filesystem>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::app {
namespace {

/// Of --check: an error is 1, wrong settings are 2.
constexpr int kPending = 3;

struct Target {
  std::string_view name;
  std::filesystem::path file;
  std::span<const sql::Migration> migrations;
  bool is_optional = false;  ///< not there: this host does without it
};

/// Looks without touching: no lock, no new file, beside a running service or not.
Result<std::vector<std::string>> pending(const Target& target) {
  sql::OpenOptions options;
  options.read_only = true;
  // Nobody has it open, or its log would be there: then nothing is made beside it either.
  options.immutable = !std::filesystem::exists(target.file.string() + "-wal");
  FILMOTEKA_TRY(sql::Database database, sql::Database::open(target.file, options));
  return sql::pending_migrations(database, target.migrations);
}

Result<std::vector<std::string>> migrate(const Target& target) {
  FILMOTEKA_TRY(sql::Database database, sql::Database::open(target.file));
  return sql::migrate(database, target.migrations);
}

/// True if there are names.
bool report(std::string_view target, const std::vector<std::string>& names, bool check) {
  for (const std::string& name : names) {
    std::cout << target << ": " << (check ? "to be applied: " : "applied ") << name << '\n';
  }
  if (names.empty()) std::cout << target << ": up to date\n";
  return !names.empty();
}

/// True if there was something to do. `check`: only said.
Result<bool> run_target(const Target& target, bool check) {
  if (!std::filesystem::exists(target.file)) {
    if (target.is_optional) return false;
    if (check) {
      std::cout << target.name << ": " << target.file.string() << " does not exist yet\n";
      return true;
    }
  }
  FILMOTEKA_TRY(const std::vector<std::string> names, check ? pending(target) : migrate(target));
  return report(target.name, names, check);
}

/// Of a service whose tables are in PostgreSQL. A running service on the same database does not mind: schemas
/// are expanded first and contracted later.
struct SharedTarget {
  std::string_view name;
  std::string_view database;  ///< as the settings name it
  Result<std::vector<std::string>> (*migrate)(const std::string& url, bool check);
};

Result<std::vector<std::string>> migrate_metadata(const std::string& url, bool check) {
  metadata::PostgresStoreSettings settings;
  settings.url = url;
  return check ? metadata::pending_postgres_migrations(settings)
               : metadata::migrate_postgres(settings, SystemClock::instance());
}

Result<std::vector<std::string>> migrate_scraper(const std::string& url, bool check) {
  scraper::PostgresStoreSettings settings;
  settings.url = url;
  return check ? scraper::pending_postgres_migrations(settings)
               : scraper::migrate_postgres(settings, SystemClock::instance());
}

/// The files of this host.
Result<std::vector<Target>> targets_of(const Settings& settings) {
  // With films in PostgreSQL this may be a host of metadata only.
  const bool is_shared = config::postgresql_url(settings.metadata.database).has_value();
  std::vector<Target> targets;
  if (!is_shared) {
    FILMOTEKA_TRY(std::filesystem::path file, metadata::database_file(settings.metadata));
    targets.push_back({"metadata", std::move(file), metadata::sqlite_migrations()});
  }
  if (!config::postgresql_url(settings.scraper.database))
    targets.push_back({"scraper", settings.data() / "scraper.db", scraper::sqlite_migrations(), is_shared});
  return targets;
}

/// True if there was something to do.
Result<bool> run_all(const Settings& settings, bool check) {
  bool found = false;
  for (const SharedTarget& target : {SharedTarget{"metadata", settings.metadata.database, migrate_metadata},
                                     SharedTarget{"scraper", settings.scraper.database, migrate_scraper}}) {
    const auto url = config::postgresql_url(target.database);
    if (!url) continue;
    FILMOTEKA_TRY(const std::vector<std::string> names, target.migrate(*url, check));
    found = report(target.name, names, check) || found;
  }
  FILMOTEKA_TRY(const std::vector<Target> targets, targets_of(settings));
  for (const Target& target : targets) {
    FILMOTEKA_TRY(const bool done, run_target(target, check));
    found = found || done;
  }
  return found;
}

}  // namespace

int run_migrate(const Options& options, const MigrateCommand& command) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  std::optional<kit::DataFolder> folder;
  if (!command.check) {
    auto opened = kit::DataFolder::open(settings.data());
    if (opened.has_error()) return complain(opened.error());
    folder.emplace(std::move(opened).value());
  }
  const Result<bool> done = run_all(settings, command.check);
  if (done.has_error()) return complain(done.error());
  return command.check && *done ? kPending : 0;
}

}  // namespace filmoteka::app
