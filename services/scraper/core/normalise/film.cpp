#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/format.hpp>
#include <filmoteka/domain/html_text.hpp>
#include <filmoteka/domain/look_alikes.hpp>
#include <filmoteka/domain/validation.hpp>
#include <filmoteka/domain/values.hpp>

#include <scraper/core/normalise/film.hpp>
#include <scraper/core/normalise/lists.hpp>
#include <scraper/core/pipeline/excerpt.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/text_template.hpp>

#include <optional>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

int year_of(Timestamp time) {
  return static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(time)}.year());
}

class FilmReader {
 public:
  FilmReader(const RawFilm& raw, const NormaliseOptions& options) : raw_(raw), options_(options) {}

  NormalisedFilm read() {
    domain::MovieFacts& facts = result_.facts;
    facts.source = text("source").value_or(std::string(options_.source));
    facts.source_id = text("source_id").value_or("");
    read_texts(facts);
    read_urls(facts);
    read_numbers(facts);
    read_lists(facts);
    facts = domain::canonical(std::move(facts));
    return std::move(result_);
  }

 private:
  const json::value* field(std::string_view name) const {
    const json::value* value = raw_.if_contains(name);
    return value == nullptr || is_empty(*value) ? nullptr : value;
  }

  void warn(std::string_view name, std::string_view what, const json::value& value) {
    result_.warnings.push_back({std::string(name) + "_" + std::string(what), excerpt_of(value)});
  }

  std::optional<std::string> text(std::string_view name) {
    const json::value* value = field(name);
    if (value == nullptr) return std::nullopt;
    auto found = scalar_text(*value);
    if (!found) warn(name, "unreadable", *value);
    return found;
  }

  /// Applies `parse` to the field's text, and warns if it can't be read.
  template <class Parse>
  auto parsed(std::string_view name, Parse parse) -> decltype(parse(std::string_view())) {
    const json::value* value = field(name);
    if (value == nullptr) return std::nullopt;
    const auto found = scalar_text(*value);
    auto result = found ? parse(std::string_view(*found)) : std::nullopt;
    if (!result) warn(name, "unreadable", *value);
    return result;
  }

  void read_texts(domain::MovieFacts& facts) {
    if (const auto title = text("title")) facts.title = domain::fix_look_alikes(domain::html_to_line(*title));
    if (const auto original = text("original_title"))
      facts.original_title = domain::fix_look_alikes(domain::html_to_line(*original));
    const auto description = text("description");
    if (!description) return;
    facts.description = domain::html_to_text(*description);
    if (facts.description->size() <= domain::kMaxDescriptionLength) return;
    const std::string_view kept = utf8_prefix(*facts.description, domain::kMaxDescriptionLength);
    if (kept.size() == facts.description->size()) return;
    facts.description = std::string(kept);
    warn("description", "cut", *field("description"));
  }

  std::optional<std::string> url(std::string_view name) {
    auto found = text(name);
    if (!found) return std::nullopt;
    std::string address(trim(*found));
    if (address.starts_with("//")) address = "https:" + address;
    address = without_unsafe_bytes(address);
    if (domain::is_web_url(address)) return address;
    warn(name, "unreadable", *field(name));
    return std::nullopt;
  }

  /// What is forbidden in a URL but often stands there (spaces, letters of other scripts) as %XX.
  static std::string without_unsafe_bytes(std::string_view address) {
    std::string safe;
    for (const char c : address) {
      const auto byte = static_cast<unsigned char>(c);
      const bool unsafe = byte <= 0x20 || byte >= 0x7F || c == '"' || c == '<' || c == '>' || c == '\\';
      if (unsafe) {
        safe += percent_encode(std::string_view(&c, 1), true);
      } else {
        safe += c;
      }
    }
    return safe;
  }

  void read_urls(domain::MovieFacts& facts) {
    facts.image_url = url("image_url");
    facts.thumbnail_url = url("thumbnail_url");
    facts.source_url = url("source_url").value_or("");
  }

  void read_numbers(domain::MovieFacts& facts) {
    read_year(facts);
    read_duration(facts);
    facts.rating = parsed("rating", domain::parse_rating);
    facts.age_rating = parsed("age_rating", domain::parse_age);
    facts.added_at = parsed("added_at", [&](std::string_view value) { return moment(value); });
    facts.is_active = parsed("is_active", parse_flag).value_or(true);
    facts.views = parsed("views", domain::parse_count).value_or(0);
  }

  std::optional<Timestamp> moment(std::string_view text) const {
    if (const auto exact = domain::parse_moment(text, options_.assumed_offset)) return exact;
    return domain::parse_relative_moment(text, options_.now, options_.assumed_offset);
  }

  void read_year(domain::MovieFacts& facts) {
    const auto year = parsed("year", domain::parse_year);
    if (!year) return;
    if (*year >= domain::kFirstYear && *year <= year_of(options_.now) + 6) {
      facts.year = static_cast<std::int32_t>(*year);
    } else {
      warn("year", "out_of_range", *field("year"));
    }
  }

  void read_duration(domain::MovieFacts& facts) {
    const auto seconds = parsed("duration", domain::parse_duration);
    // Zero is how sources say that they don't know.
    if (!seconds || *seconds == 0) return;
    if (*seconds <= domain::kMaxDurationSeconds) {
      facts.duration_seconds = static_cast<std::int32_t>(*seconds);
    } else {
      warn("duration", "out_of_range", *field("duration"));
    }
  }

  static std::optional<bool> parse_flag(std::string_view text) {
    for (const std::string_view yes : {"true", "1", "yes"}) {
      if (equals_ignore_case_ascii(text, yes)) return true;
    }
    for (const std::string_view no : {"false", "0", "no"}) {
      if (equals_ignore_case_ascii(text, no)) return false;
    }
    return std::nullopt;
  }

  void read_lists(domain::MovieFacts& facts) {
    facts.genres = list("genres", genre_names);
    facts.countries = list("countries", country_names);
    facts.cast = list("cast", names);
    facts.aliases = list("aliases", whole_texts);
    read_ids(facts);
  }

  /// A text is one name, whatever stands in it.
  static std::vector<std::string> whole_texts(const json::value& value) {
    std::vector<std::string> texts;
    const auto take = [&](const json::value& one) {
      const auto found = scalar_text(one);
      const std::string line = found ? domain::html_to_line(*found) : std::string();
      if (!line.empty()) texts.push_back(line);
    };
    if (const json::array* list = value.if_array()) {
      for (const json::value& one : *list) take(one);
    } else {
      take(value);
    }
    return texts;
  }

  /// {"imdb": "tt0118767", "tmdb": 20992}
  void read_ids(domain::MovieFacts& facts) {
    const json::value* value = field("ids");
    if (value == nullptr) return;
    const json::object* kinds = value->if_object();
    if (kinds == nullptr) return warn("ids", "unreadable", *value);
    for (const auto& [kind, number] : *kinds) {
      const auto found = scalar_text(number);
      const std::string_view id = found ? trim(*found) : std::string_view();
      if (id.empty()) continue;
      facts.ids.push_back({std::string(std::string_view(kind)), std::string(id)});
    }
  }

  std::vector<std::string> list(std::string_view name,
                                std::vector<std::string> (*read_names)(const json::value&)) {
    const json::value* value = field(name);
    if (value == nullptr) return {};
    std::vector<std::string> found = read_names(*value);
    if (found.empty()) warn(name, "unreadable", *value);
    const std::size_t before = found.size();
    std::erase_if(found, [](const std::string& entry) {
      return entry.size() > domain::kMaxListEntryLength && utf8_length(entry) > domain::kMaxListEntryLength;
    });
    if (found.size() > domain::kMaxListLength) found.resize(domain::kMaxListLength);
    if (found.size() != before) warn(name, "cut", *value);
    return found;
  }

  const RawFilm& raw_;
  const NormaliseOptions& options_;
  NormalisedFilm result_;
};

}  // namespace

NormalisedFilm normalise_film(const RawFilm& raw, const NormaliseOptions& options) {
  return FilmReader(raw, options).read();
}

}  // namespace filmoteka::scraper
