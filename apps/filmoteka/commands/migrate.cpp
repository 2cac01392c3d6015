#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/migrations.hpp>

#include <metadata/adapters/migrations.hpp>
#include <scraper/adapters/outbox/migrations.hpp>

#include <filesystem>
#include <iostream>
#include <span>

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

/// True if there was something to do. `check`: only said.
Result<bool> run_target(const Target& target, bool check) {
  if (check && !std::filesystem::exists(target.file)) {
    std::cout << target.name << ": " << target.file.string() << " does not exist yet\n";
    return true;
  }
  FILMOTEKA_TRY(const std::vector<std::string> names, migrate(target, check));
  for (const std::string& name : names) {
    std::cout << target.name << ": " << (check ? "to be applied: " : "applied ") << name << '\n';
  }
  if (names.empty()) std::cout << target.name << ": up to date\n";
  return !names.empty();
}

}  // namespace

int run_migrate(const Options& options, const MigrateCommand& command) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  const auto folder = kit::DataFolder::open(settings.data());
  if (folder.has_error()) return complain(folder.error());
  const auto metadata_file = metadata::database_file(settings.metadata);
  if (metadata_file.has_error()) return complain(metadata_file.error());

  bool pending = false;
  for (const Target& target :
       {Target{"metadata", *metadata_file, metadata::sqlite_migrations()},
        Target{"scraper", settings.data() / "scraper.db", scraper::sqlite_migrations()}}) {
    const Result<bool> done = run_target(target, command.check);
    if (done.has_error()) return complain(done.error());
    pending = pending || *done;
  }
  return command.check && pending ? 1 : 0;
}

}  // namespace filmoteka::app
