#include <filmoteka/commands/backup/byte_meter.hpp>
#include <filmoteka/commands/backup/sqlite_part.hpp>
#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/commands/doctor/judge.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/integrity.hpp>
#include <filmoteka/sql/migrations.hpp>

#include <metadata/adapters/migrations.hpp>
#include <scraper/adapters/store/migrations.hpp>

#include <filesystem>
#include <span>

namespace filmoteka::app::doctor {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargeLog = 512'000'000;  ///< it is folded into the file at 32 MB

struct File {
  std::string what;
  fs::path path;
  std::span<const sql::Migration> migrations;
};

Result<std::vector<std::string>> pending(const File& file) {
  FILMOTEKA_TRY(sql::Database database,
                sql::Database::open(file.path, {.read_only = true, .immutable = !has_log(file.path)}));
  return sql::pending_migrations(database, file.migrations);
}

Finding check_integrity(const File& file) {
  const auto checked = sql::quick_check(file.path, !has_log(file.path), Deadline::after(kPatience));
  if (checked.has_value()) return ok(file.what, file.path.string() + " opens and is sound");
  const Error& error = checked.error();
  if (error.code == ErrorCode::kDeadlineExceeded) {
    return ok(file.what, file.path.string() +
                             " opens; no fault found in the time for it (a backup and "
                             "`filmoteka backup --verify` look at all of it)");
  }
  return wrong(file.what, file.path.string() + ": " + error.message +
                              (error.code == ErrorCode::kCorrupt ? " (`filmoteka restore`)" : ""));
}

Findings check_file(const File& file) {
  std::error_code error;
  if (!fs::exists(file.path, error))
    return {note(file.what, file.path.string() + " does not exist yet: the first start makes it")};
  Findings findings{check_integrity(file)};
  if (findings.front().level == Level::kWrong) return findings;
  const auto names = pending(file);
  findings.push_back(names.has_value() ? judge_migrations(file.what, *names)
                                       : wrong(file.what, names.error().message));
  const auto log = fs::file_size(file.path.string() + "-wal", error);
  if (!error && log > kLargeLog) {
    findings.push_back(note(file.what, "its log has " + format_bytes(log) +
                                           ": somebody reads for very long (an export, a backup); it shrinks "
                                           "when the service is restarted"));
  }
  return findings;
}

}  // namespace

Findings check_sqlite(const Subject& subject) {
  Findings findings;
  const auto add = [&](const File& file) {
    for (Finding& finding : check_file(file)) findings.push_back(std::move(finding));
  };
  if (!config::postgresql_url(subject.settings.metadata.database)) {
    const auto file = metadata::database_file(subject.settings.metadata);
    if (file.has_error()) return {wrong("database of metadata", file.error().message)};
    add({"database of metadata", *file, metadata::sqlite_migrations()});
  }
  if (!config::postgresql_url(subject.settings.scraper.database))
    add({"database of scraper", subject.settings.scraper.data / "scraper.db", scraper::sqlite_migrations()});
  return findings;
}

}  // namespace filmoteka::app::doctor
