/// What the scraper knows of a source: one YAML file in sources/. The vocabulary of its mapping is in
/// mapping.hpp.
#pragma once

#include <filmoteka/base/result.hpp>

#include <scraper/core/source/mapping.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::scraper {

/// `every: 6h`, `jitter: 10%`. A source without a schedule runs when it is asked to.
struct Schedule {
  std::chrono::seconds every{};
  double jitter = 0.1;  ///< 0–0.5: each wait is stretched or shortened by up to this share
};

/// How hard a source's server may be asked.
struct Politeness {
  std::chrono::milliseconds delay{1'500};  ///< between two requests to one host
  std::uint32_t max_pages = 100;           ///< requests for pages in one run
  std::uint32_t max_films = 100'000;       ///< in one run; 0: no limit (the default of a file source)
};

/// What becomes of a second record with the id of an earlier one in the same run.
enum class DuplicatePolicy {
  kFirst,   ///< the first one counts, later ones are rejected as duplicates
  kNumber,  ///< the second gets the id with "#2", and so on: the file really has several films under one id
};

enum class FileFormat { kJson, kNdjson, kCsv };

/// `kind: file`: rows of a file, each mapped to a film.
struct FileSource {
  std::string path;  ///< as written: absolute, or relative to the definition's folder; may be empty (`import`
                     ///< names it)
  FileFormat format = FileFormat::kJson;
  char csv_delimiter = ',';
  std::size_t max_record_bytes = 4 * 1024 * 1024;
  Mapping mapping;
};

/// `kind: rutube`: lists of the Rutube API.
struct RutubeSource {
  std::string base_url = "https://rutube.ru";  ///< without a slash at the end; a local server can stand in
  std::vector<std::int64_t> categories;        ///< /api/video/category/{id}/
  std::vector<std::int64_t> channels;          ///< /api/video/person/{id}/
  std::vector<std::int64_t> film_lists;        ///< /api/feeds/cardgroup/{id}
  /// A plain video shorter than this is a trailer or a clip. Does not apply to what Rutube itself calls a
  /// film.
  std::chrono::seconds min_duration{std::chrono::minutes{40}};
  std::chrono::seconds max_duration{std::chrono::hours{10}};
  /// Categories whose long videos are films; a video without a category passes.
  std::vector<std::int64_t> film_categories = {4, 7};
  bool film_details = true;  ///< ask for the video behind a film card (duration, views): one request for each
};

struct SourceDefinition {
  std::string name;   ///< [a-z0-9-], ≤ 100: the `source` of its films
  std::string title;  ///< for people
  std::optional<Schedule> schedule;
  Politeness politeness;
  bool enabled = true;
  bool obey_robots = true;
  /// The offset of time stamps that don't say theirs.
  std::chrono::minutes assumed_offset{0};
  DuplicatePolicy duplicates = DuplicatePolicy::kFirst;
  std::variant<FileSource, RutubeSource> kind;

  const FileSource* file() const { return std::get_if<FileSource>(&kind); }
  const RutubeSource* rutube() const { return std::get_if<RutubeSource>(&kind); }
  std::string_view kind_name() const { return file() != nullptr ? "file" : "rutube"; }
};

/// Reads a definition. `origin` names the file in messages. All faults at once: Error::fields has one entry
/// for each, `parameter` being the key's path ("fields.year.unit"), `detail` with the line.
Result<SourceDefinition> parse_source_definition(std::string_view yaml, std::string_view origin);

/// "6h", "90s", "1500ms", "15m", "2d" → milliseconds; nullopt for anything else.
std::optional<std::chrono::milliseconds> parse_interval(std::string_view text);

}  // namespace filmoteka::scraper
