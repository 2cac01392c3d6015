#include <filmoteka/base/time_format.hpp>
#include <filmoteka/commands/backup/byte_meter.hpp>
#include <filmoteka/commands/backup/manifest.hpp>
#include <filmoteka/commands/backup/partial_folder.hpp>
#include <filmoteka/commands/backup/postgres_part.hpp>
#include <filmoteka/commands/backup/sqlite_part.hpp>
#include <filmoteka/commands/backup/verify.hpp>
#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/config/common.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/sql/backup.hpp>

#include <sys/stat.h>

#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::app {
namespace {

namespace fs = std::filesystem;

constexpr int kInterrupted = 130;

/// A part to be made.
struct PartPlan {
  std::string file;                   ///< its name
  std::vector<std::string> services;  ///< whose tables it holds
  std::string url;                    ///< of PostgreSQL, or …
  fs::path database;                  ///< … the SQLite file
  fs::path folder = {};               ///< the data folder of its service
};

PartPlan sqlite_plan(std::string service, fs::path database, fs::path folder) {
  return {service + ".db", {service}, {}, std::move(database), std::move(folder)};
}

/// In their order: the scraper forgets a film when metadata has it. Were metadata's part the older one, such
/// a film would be in neither; this way it is in both, and is handed over once more, which changes nothing.
Result<std::vector<PartPlan>> plan_of(const Settings& settings) {
  const auto films = config::postgresql_url(settings.metadata.database);
  const auto sources = config::postgresql_url(settings.scraper.database);
  if (films && films == sources)
    return std::vector<PartPlan>{{"database.dump", {"metadata", "scraper"}, *films, {}}};
  std::vector<PartPlan> plan;
  const fs::path scraper = settings.scraper.data / "scraper.db";
  std::error_code error;
  if (sources) plan.push_back({"scraper.dump", {"scraper"}, *sources, {}});
  // A host of metadata only has none.
  if (!sources && fs::exists(scraper, error))
    plan.push_back(sqlite_plan("scraper", scraper, settings.scraper.data));
  if (films) {
    plan.push_back({"metadata.dump", {"metadata"}, *films, {}});
    return plan;
  }
  FILMOTEKA_TRY(fs::path database, metadata::database_file(settings.metadata));
  if (!fs::exists(database, error)) {
    return not_found("There is nothing to back up: no " + database.string() +
                     ". Name the folder with --data, or the settings with --config.");
  }
  plan.push_back(sqlite_plan("metadata", std::move(database), settings.data()));
  return plan;
}

class Backup {
 public:
  Backup(const fs::path& folder, ByteMeter& meter) : folder_(folder), meter_(meter) {
    manifest_.taken_at = to_rfc3339(SystemClock::instance().now());
    manifest_.program = std::string(kit::build_info().version);
  }

  Result<Manifest> write(const std::vector<PartPlan>& plan) {
    for (const PartPlan& part : plan) FILMOTEKA_CHECK(write_part(part));
    FILMOTEKA_CHECK(write_file(folder_ / kManifestFile, format_manifest(manifest_)));
    return manifest_;
  }

 private:
  /// If not, nobody begins to until the backup is done.
  bool is_served(const fs::path& data) {
    std::error_code error;
    if (held_.contains(data) || !fs::exists(data, error)) return false;
    auto opened = kit::DataFolder::open(data);
    if (opened.has_value()) held_.emplace(data, std::move(opened).value());
    return opened.has_error() && opened.error().code == ErrorCode::kConflict;
  }

  Result<void> write_part(const PartPlan& plan) {
    const fs::path target = folder_ / plan.file;
    FILMOTEKA_TRY(const PartState state,
                  plan.url.empty() ? copy_sqlite(plan, target)
                                   : dump_postgres(plan.url, plan.services, target, meter_.phase("saved")));
    FILMOTEKA_TRY(const FileSum sum, sum_of(target, meter_.phase("added up")));
    if (state.catalogue) {
      manifest_.films = state.catalogue->films;
      manifest_.revision = state.catalogue->revision;
    }
    manifest_.parts.push_back({plan.file, plan.url.empty() ? PartKind::kSqlite : PartKind::kPostgresql,
                               sum.bytes, sum.sha256, state.schemas});
    return {};
  }

  Result<PartState> copy_sqlite(const PartPlan& plan, const fs::path& target) {
    sql::BackupOptions options;
    options.immutable = !is_served(plan.folder) && !has_log(plan.database);
    options.progress = meter_.phase("saved");
    FILMOTEKA_CHECK(sql::back_up(plan.database, target, options));
    return state_of_sqlite(target, plan.services.front());
  }

  const fs::path& folder_;
  ByteMeter& meter_;
  Manifest manifest_;
  std::map<fs::path, kit::DataFolder> held_;
};

std::string in_words(const Manifest& manifest) {
  std::uint64_t bytes = 0;
  for (const BackupPart& part : manifest.parts) bytes += part.bytes;
  return with_thousands(manifest.films) + (manifest.films == 1 ? " film" : " films") + ", revision " +
         with_thousands(manifest.revision) + ", " + format_bytes(bytes);
}

Result<Manifest> take_backup(const Settings& settings, const fs::path& folder, ByteMeter& meter) {
  FILMOTEKA_TRY(const std::vector<PartPlan> plan, plan_of(settings));
  FILMOTEKA_TRY(PartialFolder partial, PartialFolder::make(folder));
  Backup backup(partial.path(), meter);
  FILMOTEKA_TRY(Manifest manifest, backup.write(plan));
  FILMOTEKA_CHECK(partial.commit());
  return manifest;
}

int fail(const Error& error) {
  if (error.code != ErrorCode::kCancelled) return complain(error);
  std::cerr << "Interrupted: there is no backup.\n";
  return kInterrupted;
}

}  // namespace

int run_backup(const Options& options, const BackupCommand& command) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  StopRequests stop;
  ByteMeter meter(stop);
  const Result<Manifest> manifest =
      command.verify ? verify_backup(command.folder, meter) : take_backup(settings, command.folder, meter);
  meter.clear();
  if (manifest.has_error()) return fail(manifest.error());
  std::cout << (command.verify ? "verified " : "backed up to ") << command.folder << ": "
            << in_words(*manifest) << (command.verify ? ", taken at " + manifest->taken_at : "") << '\n';
  return 0;
}

}  // namespace filmoteka::app
