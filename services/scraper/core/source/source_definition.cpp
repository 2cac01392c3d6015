#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/validation.hpp>

#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/read_web_source.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <algorithm>

namespace filmoteka::scraper {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

bool is_source_name(std::string_view name) {
  return !name.empty() && name.size() <= domain::kMaxSourceLength &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

/// "+03:00" → 180 minutes
std::optional<minutes> parse_offset(std::string_view text) {
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hour = parse_number<unsigned>(text.substr(1, 2));
  const auto minute = parse_number<unsigned>(text.substr(4, 2));
  if (!hour || !minute || *hour > 14 || *minute > 59) return std::nullopt;
  const minutes offset = hours{*hour} + minutes{*minute};
  return text[0] == '-' ? -offset : offset;
}

void read_politeness(const config::YamlNode& node, Politeness& politeness, std::vector<FieldError>& faults) {
  KeyReader reader(node, "politeness", faults);
  reader.interval("delay", milliseconds{0}, minutes{10}, politeness.delay);
  std::int64_t pages = politeness.max_pages;
  std::int64_t films = politeness.max_films;
  reader.number("max_pages", 1, 1'000'000, pages);
  reader.number("max_films", 0, 1'000'000'000, films);
  politeness.max_pages = static_cast<std::uint32_t>(pages);
  politeness.max_films = static_cast<std::uint32_t>(films);
  reader.refuse_unknown();
}

FileSource read_file(const config::YamlNode& node, Compilation& compilation) {
  KeyReader reader(node, "file", compilation.faults);
  FileSource file;
  reader.text("path", file.path);
  const auto format = reader.choice("format", {"json", "ndjson", "csv"});
  file.format = static_cast<FileFormat>(format.value_or(0));
  if (node.is_object() && node.find("format") == nullptr)
    reader.fault("format", "is required: json, ndjson or csv");
  std::string delimiter = ",";
  reader.text("delimiter", delimiter);
  if (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n" || delimiter == "\r") {
    reader.fault("delimiter", "must be one ASCII character, not a quote and not a line break");
  } else {
    file.csv_delimiter = delimiter.front();
  }
  std::int64_t record_bytes = static_cast<std::int64_t>(file.max_record_bytes);
  reader.number("max_record_bytes", 1'024, 64 * 1024 * 1024, record_bytes);
  file.max_record_bytes = static_cast<std::size_t>(record_bytes);
  if (const config::YamlNode* fields = reader.member("fields")) {
    file.mapping = Mapping::compile(*fields, "file.fields", compilation);
    for (const std::string_view required : {"title", "source_id"}) {
      if (fields->is_object() && !file.mapping.has(required)) {
        compilation.fault("file.fields." + std::string(required), fields->line, "is required");
      }
    }
  } else {
    reader.fault("fields", "is required: where each field of a film comes from");
  }
  reader.refuse_unknown();
  return file;
}

/// False if it is not known what kind of source it is: then neither is what belongs to it.
bool read_kind(KeyReader& reader, SourceDefinition& definition, Compilation& compilation) {
  const auto kind = reader.choice("kind", {"json", "html", "jsonld", "feed", "sitemap", "file"});
  if (!kind) return false;
  constexpr std::size_t kFile = 5;
  if (*kind != kFile) {
    definition.kind = read_web_source(reader, static_cast<AnswerKind>(*kind), compilation);
    return true;
  }
  definition.politeness.max_films = 0;
  if (const config::YamlNode* file = reader.member("file")) {
    definition.kind = read_file(*file, compilation);
  } else {
    reader.fault("file", "is required for a source of this kind");
  }
  return true;
}

void read_robots(KeyReader& reader, SourceDefinition& definition) {
  reader.flag("obey_robots", definition.obey_robots);
  reader.text("robots_reason", definition.robots_reason);
  if (!definition.obey_robots && definition.robots_reason.empty()) {
    reader.fault("robots_reason", "is required with `obey_robots: false`: why you may");
  }
}

void read_language(KeyReader& reader, SourceDefinition& definition) {
  reader.text("language", definition.language);
  const bool is_tag =
      definition.language.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == std::string::npos;
  if (!is_tag || definition.language.size() > 35)
    reader.fault("language", "must be a language tag like ru or en-GB");
}

void read_offset(KeyReader& reader, SourceDefinition& definition) {
  std::string offset;
  reader.text("assumed_offset", offset);
  if (offset.empty()) return;
  if (const auto parsed = parse_offset(offset)) {
    definition.assumed_offset = *parsed;
  } else {
    reader.fault("assumed_offset", "must be an offset from UTC like \"+03:00\"");
  }
}

void read_common(KeyReader& reader, SourceDefinition& definition, std::vector<FieldError>& faults) {
  if (const config::YamlNode* schedule = reader.member("schedule")) {
    definition.schedule = read_schedule(*schedule, faults);
  }
  if (const config::YamlNode* politeness = reader.member("politeness")) {
    read_politeness(*politeness, definition.politeness, faults);
  }
  reader.flag("enabled", definition.enabled);
  read_robots(reader, definition);
  read_language(reader, definition);
  if (const auto policy = reader.choice("duplicates", {"first", "number"})) {
    definition.duplicates = static_cast<DuplicatePolicy>(*policy);
  }
  std::int64_t gone_after = definition.gone_after;
  reader.number("gone_after", 0, 1'000, gone_after);
  definition.gone_after = static_cast<std::uint32_t>(gone_after);
  milliseconds full_every = definition.full_every;
  reader.interval("full_every", minutes{1}, hours{24 * 366}, full_every);
  definition.full_every = std::chrono::duration_cast<seconds>(full_every);
}

Error definition_error(std::string_view origin, std::vector<FieldError> faults) {
  constexpr std::size_t kShown = 50;
  std::string message = std::string(origin) + ": ";
  for (std::size_t i = 0; i < std::min(faults.size(), kShown); ++i) {
    if (i > 0) message += "; ";
    message += faults[i].parameter + (faults[i].parameter.empty() ? "" : ": ") + faults[i].detail;
  }
  if (faults.size() > kShown) message += "; and " + std::to_string(faults.size() - kShown) + " more faults";
  return invalid_argument(std::move(message), std::move(faults));
}

}  // namespace

std::optional<milliseconds> parse_interval(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = parse_number<std::int64_t>(text.substr(0, digits));
  if (!count || *count > 1'000'000'000) return std::nullopt;
  const std::string_view unit = text.substr(digits);
  if (unit == "ms") return milliseconds{*count};
  if (unit == "s") return seconds{*count};
  if (unit == "m") return minutes{*count};
  if (unit == "h") return hours{*count};
  if (unit == "d") return hours{*count * 24};
  return std::nullopt;
}

std::string_view SourceDefinition::kind_name() const {
  return web() == nullptr ? std::string_view("file") : to_string(web()->kind);
}

Result<SourceDefinition> parse_source_definition(std::string_view yaml, std::string_view origin) {
  if (yaml.size() > kMaxDefinitionBytes) {
    return invalid_argument(std::string(origin) + ": is larger than " +
                            std::to_string(kMaxDefinitionBytes / 1024) + " KiB.");
  }
  FILMOTEKA_TRY(const config::YamlNode document, config::parse_yaml(yaml, origin));
  std::vector<FieldError> faults;
  Compilation compilation{.faults = faults};
  SourceDefinition definition;
  KeyReader reader(document, {}, faults);
  if (!document.is_object()) return definition_error(origin, std::move(faults));
  reader.required_text("name", definition.name);
  if (!definition.name.empty() && !is_source_name(definition.name)) {
    reader.fault("name", "must be made of a-z, 0-9 and -, at most 100 of them");
  }
  reader.required_text("title", definition.title);
  if (document.find("kind") == nullptr)
    reader.fault("kind", "is required: json, html, jsonld, feed, sitemap or file");
  read_offset(reader, definition);
  compilation.assumed_offset = definition.assumed_offset;
  const bool is_known_kind = read_kind(reader, definition, compilation);
  read_common(reader, definition, faults);
  if (is_known_kind) reader.refuse_unknown();
  if (!faults.empty()) return definition_error(origin, std::move(faults));
  return definition;
}

}  // namespace filmoteka::scraper
