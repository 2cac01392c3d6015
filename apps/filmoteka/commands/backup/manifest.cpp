#include <filmoteka/commands/backup/manifest.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include <exception>
#include <filesystem>
#include <utility>

namespace filmoteka::app {
namespace {

namespace json = boost::json;

json::object to_json(const BackupPart& part) {
  json::object schemas;
  for (const auto& [service, version] : part.schemas) schemas[service] = version;
  return {{"file", part.file},
          {"kind", to_string(part.kind)},
          {"bytes", part.bytes},
          {"sha256", part.sha256},
          {"schemas", std::move(schemas)}};
}

/// The members may be of any type: value_to() and at() throw then.
BackupPart part_from(const json::object& object) {
  BackupPart part;
  part.file = json::value_to<std::string>(object.at("file"));
  // A name in the folder, whoever has written the manifest.
  if (std::filesystem::path(part.file).filename() != part.file || part.file == ".." || part.file == ".")
    throw std::invalid_argument("file");
  const auto kind = json::value_to<std::string>(object.at("kind"));
  if (kind != to_string(PartKind::kSqlite) && kind != to_string(PartKind::kPostgresql))
    throw std::invalid_argument("kind");
  part.kind = kind == to_string(PartKind::kSqlite) ? PartKind::kSqlite : PartKind::kPostgresql;
  part.bytes = json::value_to<std::uint64_t>(object.at("bytes"));
  part.sha256 = json::value_to<std::string>(object.at("sha256"));
  for (const auto& [service, version] : object.at("schemas").as_object()) {
    if (service != "metadata" && service != "scraper") throw std::invalid_argument("schemas");
    part.schemas[std::string(service)] = json::value_to<int>(version);
  }
  return part;
}

Manifest manifest_from(const json::object& object) {
  Manifest manifest;
  manifest.taken_at = json::value_to<std::string>(object.at("taken_at"));
  manifest.program = json::value_to<std::string>(object.at("program"));
  manifest.films = json::value_to<std::int64_t>(object.at("films"));
  manifest.revision = json::value_to<std::int64_t>(object.at("revision"));
  for (const json::value& part : object.at("parts").as_array())
    manifest.parts.push_back(part_from(part.as_object()));
  return manifest;
}

}  // namespace

std::string_view to_string(PartKind kind) {
  return kind == PartKind::kSqlite ? "sqlite" : "postgresql";
}

std::string format_manifest(const Manifest& manifest) {
  json::array parts;
  for (const BackupPart& part : manifest.parts) parts.push_back(to_json(part));
  const json::object object = {{"format", kBackupFormat},       {"taken_at", manifest.taken_at},
                               {"program", manifest.program},   {"films", manifest.films},
                               {"revision", manifest.revision}, {"parts", std::move(parts)}};
  return json::serialize(object) + "\n";
}

Result<Manifest> parse_manifest(std::string_view text) {
  const Error unreadable = corrupt("manifest.json is not the manifest of a backup.");
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) return unreadable;
  const json::value* format = value.get_object().if_contains("format");
  if (format == nullptr || !format->is_int64()) return unreadable;
  if (format->get_int64() != kBackupFormat) {
    return Error{ErrorCode::kConflict,
                 "The backup has format " + std::to_string(format->get_int64()) + ", this program knows " +
                     std::to_string(kBackupFormat) + ": use the program that made it, or a newer one.",
                 {},
                 {}};
  }
  try {
    return manifest_from(value.get_object());
  } catch (const std::exception&) {
    return unreadable;
  }
}

Result<void> is_restorable(const Manifest& manifest, const KnownSchemas& known) {
  for (const BackupPart& part : manifest.parts) {
    for (const auto& [service, version] : part.schemas) {
      const int newest = known.at(part.kind).at(service);
      if (version <= newest) continue;
      return Error{ErrorCode::kConflict,
                   "The backup was made by a newer Filmoteka (" + manifest.program + "): its schema of " +
                       service + " is " + std::to_string(version) + ", this program knows " +
                       std::to_string(newest) + ". Restore it with that program.",
                   {},
                   {}};
    }
  }
  return {};
}

}  // namespace filmoteka::app
