#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/migrations.hpp>

#include <metadata/adapters/migrations.hpp>
#include <metadata/adapters/postgres_movie_store.hpp>
#include <scraper/adapters/outbox/migrations.hpp>

#include <filesystem>
#include <iostream>
#include <span>
#include <string>
#include <vector>

namespace filmoteka::app {
namespace {

struct Target {
  std::string_view name;
  std::filesystem::path file;
  std::span<const sql::Migration> migrations;
};

Result<std::vector<std::string>> migrate(const Target& target, bool check) {
  FILMOTEKA_TRY(sql::Database database, sql::Database::open(target.file));
  return check ? sql::pending_migrations(database, target.migrations)
               : sql::migrate(database, target.migrations);
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
  if (check && !std::filesystem::exists(target.file)) {
    std::cout << target.name << ": " << target.file.string() << " does not exist yet\n";
    return true;
  }
  FILMOTEKA_TRY(const std::vector<std::string> names, migrate(target, check));
  return report(target.name, names, check);
}

// A running service on the same database does not mind: schemas are expanded first and contracted later.
Result<bool> migrate_postgres(const std::string& url, bool check) {
  metadata::PostgresStoreSettings settings;
  settings.url = url;
  FILMOTEKA_TRY(const std::vector<std::string> names,
                check ? metadata::pending_postgres_migrations(settings)
                      : metadata::migrate_postgres(settings, SystemClock::instance()));
  return report("metadata", names, check);
}

}  // namespace

int run_migrate(const Options& options, const MigrateCommand& command) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  const auto folder = kit::DataFolder::open(settings.data());
  if (folder.has_error()) return complain(folder.error());
  std::vector<Target> targets{{"scraper", settings.data() / "scraper.db", scraper::sqlite_migrations()}};
  bool pending = false;
  if (const auto url = metadata::postgresql_url(settings.metadata)) {
    const Result<bool> done = migrate_postgres(*url, command.check);
    if (done.has_error()) return complain(done.error());
    pending = *done;
  } else {
    const auto file = metadata::database_file(settings.metadata);
    if (file.has_error()) return complain(file.error());
    targets.insert(targets.begin(), {"metadata", *file, metadata::sqlite_migrations()});
  }
  for (const Target& target : targets) {
    const Result<bool> done = run_target(target, command.check);
    if (done.has_error()) return complain(done.error());
    pending = pending || *done;
  }
  return command.check && pending ? 1 : 0;
}

}  // namespace filmoteka::app
