#include <filmoteka/commands/backup/postgres_part.hpp>
#include <filmoteka/commands/backup/sqlite_part.hpp>
#include <filmoteka/commands/backup/verify.hpp>
#include <filmoteka/sql/integrity.hpp>

namespace filmoteka::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxManifest = 1 << 20;

Result<void> verify_sum(const fs::path& file, const BackupPart& part, ByteMeter& meter) {
  std::error_code error;
  if (!fs::exists(file, error)) return corrupt("The backup lacks the file " + part.file + ".");
  FILMOTEKA_TRY(const FileSum sum, sum_of(file, meter.phase("checked")));
  if (sum.bytes == part.bytes && sum.sha256 == part.sha256) return {};
  return corrupt("The backup's file " + part.file +
                 " is not the one that was written (its SHA-256 differs): take another backup.");
}

Result<void> verify_sqlite(const fs::path& file, const BackupPart& part, const Manifest& manifest) {
  FILMOTEKA_CHECK(sql::quick_check(file, true, Deadline::never()));
  for (const auto& [service, version] : part.schemas) {
    FILMOTEKA_TRY(const PartState state, state_of_sqlite(file, service));
    if (state.schemas != part.schemas || (state.catalogue && state.catalogue->films != manifest.films))
      return corrupt("The backup's file " + part.file + " is not what the manifest says.");
  }
  return {};
}

}  // namespace

Result<Manifest> verify_backup(const fs::path& folder, ByteMeter& meter) {
  std::error_code error;
  if (!fs::exists(folder / kManifestFile, error)) {
    return not_found(folder.string() + " is not a backup: it has no " + kManifestFile +
                     ". (An export, NDJSON, is brought back by `filmoteka import`.)");
  }
  FILMOTEKA_TRY(const std::string text, read_file(folder / kManifestFile, kMaxManifest));
  FILMOTEKA_TRY(Manifest manifest, parse_manifest(text));
  for (const BackupPart& part : manifest.parts) {
    const fs::path file = folder / part.file;
    FILMOTEKA_CHECK(verify_sum(file, part, meter));
    FILMOTEKA_CHECK(part.kind == PartKind::kSqlite ? verify_sqlite(file, part, manifest) : check_dump(file));
  }
  return manifest;
}

}  // namespace filmoteka::app
