#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/validation.hpp>

#include <scraper/core/source/key_reader.hpp>
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

/// "10%" or 0.1 → 0.1
std::optional<double> parse_share(const boost::json::value& value) {
  if (value.is_double()) return value.as_double();
  if (value.is_int64()) return static_cast<double>(value.as_int64());
  const boost::json::string* text = value.if_string();
  if (text == nullptr || !text->ends_with('%')) return std::nullopt;
  const auto percent = parse_number<double>(std::string_view(*text).substr(0, text->size() - 1));
  if (!percent) return std::nullopt;
  return *percent / 100;
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

void read_schedule(const config::YamlNode& node, SourceDefinition& definition,
                   std::vector<FieldError>& faults) {
  KeyReader reader(node, "schedule", faults);
  milliseconds every{0};
  reader.interval("every", minutes{1}, hours{24 * 366}, every);
  if (node.is_object() && node.find("every") == nullptr) reader.fault("every", "is required");
  Schedule schedule{.every = std::chrono::duration_cast<seconds>(every)};
  if (const config::YamlNode* jitter = reader.member("jitter")) {
    const auto share = parse_share(jitter->scalar);
    if (!share || *share < 0 || *share > 0.5) {
      reader.fault("jitter", "must be a share from 0% to 50%");
    } else {
      schedule.jitter = *share;
    }
  }
  reader.refuse_unknown();
  definition.schedule = schedule;
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

FileSource read_file(const config::YamlNode& node, std::vector<FieldError>& faults) {
  KeyReader reader(node, "file", faults);
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
    file.mapping = Mapping::compile(*fields, "file.fields", faults);
  } else {
    reader.fault("fields", "is required: where each field of a film comes from");
  }
  reader.refuse_unknown();
  return file;
}

RutubeSource read_rutube(const config::YamlNode& node, std::vector<FieldError>& faults) {
  KeyReader reader(node, "rutube", faults);
  RutubeSource rutube;
  reader.text("base_url", rutube.base_url);
  while (rutube.base_url.ends_with('/')) rutube.base_url.pop_back();
  if (!domain::is_web_url(rutube.base_url) || rutube.base_url.find_first_of("?#") != std::string::npos) {
    reader.fault("base_url", "must be an http or https URL");
  }
  reader.ids("categories", rutube.categories);
  reader.ids("channels", rutube.channels);
  reader.ids("film_lists", rutube.film_lists);
  reader.ids("film_categories", rutube.film_categories);
  if (rutube.categories.empty() && rutube.channels.empty() && rutube.film_lists.empty()) {
    reader.fault("categories", "name at least one list: categories, channels or film_lists");
  }
  milliseconds shortest = rutube.min_duration;
  milliseconds longest = rutube.max_duration;
  reader.interval("min_duration", seconds{0}, hours{24}, shortest);
  reader.interval("max_duration", minutes{1}, hours{240}, longest);
  if (shortest >= longest) reader.fault("min_duration", "must be less than max_duration");
  rutube.min_duration = std::chrono::duration_cast<seconds>(shortest);
  rutube.max_duration = std::chrono::duration_cast<seconds>(longest);
  reader.flag("film_details", rutube.film_details);
  reader.refuse_unknown();
  return rutube;
}

void read_kind(KeyReader& reader, SourceDefinition& definition, std::vector<FieldError>& faults) {
  const auto kind = reader.choice("kind", {"file", "rutube"});
  const config::YamlNode* file = reader.member("file");
  const config::YamlNode* rutube = reader.member("rutube");
  if (!kind) return;
  const config::YamlNode* wanted = *kind == 0 ? file : rutube;
  const config::YamlNode* other = *kind == 0 ? rutube : file;
  if (other != nullptr)
    reader.fault(*kind == 0 ? "rutube" : "file", "does not belong to a source of this kind");
  if (wanted == nullptr) {
    reader.fault(*kind == 0 ? "file" : "rutube", "is required for a source of this kind");
  } else if (*kind == 0) {
    definition.politeness.max_films = 0;
    definition.kind = read_file(*wanted, faults);
  } else {
    definition.kind = read_rutube(*wanted, faults);
  }
}

void read_common(KeyReader& reader, SourceDefinition& definition, std::vector<FieldError>& faults) {
  if (const config::YamlNode* schedule = reader.member("schedule"))
    read_schedule(*schedule, definition, faults);
  if (const config::YamlNode* politeness = reader.member("politeness")) {
    read_politeness(*politeness, definition.politeness, faults);
  }
  reader.flag("enabled", definition.enabled);
  reader.flag("obey_robots", definition.obey_robots);
  if (const auto policy = reader.choice("duplicates", {"first", "number"})) {
    definition.duplicates = static_cast<DuplicatePolicy>(*policy);
  }
  std::string offset;
  reader.text("assumed_offset", offset);
  if (offset.empty()) return;
  if (const auto parsed = parse_offset(offset)) {
    definition.assumed_offset = *parsed;
  } else {
    reader.fault("assumed_offset", "must be an offset from UTC like \"+03:00\"");
  }
}

Error definition_error(std::string_view origin, std::vector<FieldError> faults) {
  std::string message = std::string(origin) + ": ";
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (i > 0) message += "; ";
    message += faults[i].parameter + (faults[i].parameter.empty() ? "" : ": ") + faults[i].detail;
  }
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

Result<SourceDefinition> parse_source_definition(std::string_view yaml, std::string_view origin) {
  FILMOTEKA_TRY(const config::YamlNode document, config::parse_yaml(yaml, origin));
  std::vector<FieldError> faults;
  SourceDefinition definition;
  KeyReader reader(document, {}, faults);
  if (!document.is_object()) return definition_error(origin, std::move(faults));
  reader.required_text("name", definition.name);
  if (!definition.name.empty() && !is_source_name(definition.name)) {
    reader.fault("name", "must be made of a-z, 0-9 and -, at most 100 of them");
  }
  reader.required_text("title", definition.title);
  if (document.find("kind") == nullptr) reader.fault("kind", "is required: file or rutube");
  read_kind(reader, definition, faults);
  read_common(reader, definition, faults);
  reader.refuse_unknown();
  if (!faults.empty()) return definition_error(origin, std::move(faults));
  return definition;
}

}  // namespace filmoteka::scraper
