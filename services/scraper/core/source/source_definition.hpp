/// What the scraper knows of a source: one YAML file in sources/. The vocabulary is described in
/// docs/sources.md.
#pragma once

#include <filmoteka/base/result.hpp>

#include <scraper/core/schedule/schedule.hpp>
#include <scraper/core/source/mapping.hpp>
#include <scraper/core/source/web_source.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::scraper {

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

struct SourceDefinition {
  std::string name;                  ///< [a-z0-9-], ≤ 100: the `source` of its films
  std::string title;                 ///< for people
  std::string language;              ///< "ru": what is asked for with Accept-Language; empty: nothing
  std::optional<Schedule> schedule;  ///< without one it runs when it is asked to
  Politeness politeness;
  bool enabled = true;
  bool obey_robots = true;
  std::string robots_reason;  ///< why robots.txt is not obeyed; never empty then
  /// The offset of time stamps that don't say theirs.
  std::chrono::minutes assumed_offset{0};
  DuplicatePolicy duplicates = DuplicatePolicy::kFirst;
  std::uint32_t gone_after =
      3;  ///< full runs that a film may be missing before it becomes inactive; 0: for ever
  std::chrono::seconds full_every{
      std::chrono::hours{7 * 24}};  ///< a run over everything, although stop_at_known
  std::variant<FileSource, WebSource> kind;

  const FileSource* file() const { return std::get_if<FileSource>(&kind); }
  const WebSource* web() const { return std::get_if<WebSource>(&kind); }
  /// "file", or the AnswerKind of a web source.
  std::string_view kind_name() const;
};

/// A longer definition is refused.
inline constexpr std::size_t kMaxDefinitionBytes = 64 * 1024;

/// Reads a definition. `origin` names the file in messages. All faults at once: Error::fields has one entry
/// for each, `parameter` being the key's path ("fields.year.unit"), `detail` with the line.
Result<SourceDefinition> parse_source_definition(std::string_view yaml, std::string_view origin);

/// "6h", "90s", "1500ms", "15m", "2d" → milliseconds; nullopt for anything else.
std::optional<std::chrono::milliseconds> parse_interval(std::string_view text);

}  // namespace filmoteka::scraper
