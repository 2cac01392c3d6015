#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/mapping.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::scraper {
namespace {

constexpr std::array<std::string_view, 20> kFields = {
    "title",      "original_title", "aliases",    "year",     "image_url",   "thumbnail_url", "views",
    "added_at",   "source_id",      "source_url", "duration", "description", "genres",        "rating",
    "age_rating", "countries",      "cast",       "ids",      "is_active",   "source"};
constexpr std::array<std::string_view, 4> kIdKinds = {"imdb", "kinopoisk", "tmdb", "wikidata"};

/// Whether an object is an expression, not one of kinds.
bool is_expression(const config::YamlNode& node) {
  constexpr std::array<std::string_view, 6> kOrigins = {"from",  "css",      "xpath",
                                                        "first", "template", "constant"};
  return !node.is_object() || std::any_of(kOrigins.begin(), kOrigins.end(), [&](std::string_view origin) {
    return node.find(origin) != nullptr;
  });
}

}  // namespace

std::span<const std::string_view> film_fields() {
  return kFields;
}

std::span<const std::string_view> id_kinds() {
  return kIdKinds;
}

Mapping Mapping::compile(const config::YamlNode& fields, const std::string& place, Compilation& compilation) {
  Mapping mapping;
  KeyReader reader(fields, place, compilation.faults);
  for (const std::string_view name : kFields) {
    const config::YamlNode* node = reader.member(name);
    if (node == nullptr) continue;
    if (name == "ids" && !is_expression(*node)) {
      mapping.read_ids(*node, reader.place_of(name), compilation);
    } else {
      mapping.fields_.push_back({name, {}, Expression::compile(*node, reader.place_of(name), compilation)});
    }
  }
  reader.refuse_unknown();
  return mapping;
}

void Mapping::read_ids(const config::YamlNode& node, const std::string& place, Compilation& compilation) {
  KeyReader reader(node, place, compilation.faults);
  for (const std::string_view kind : kIdKinds) {
    const config::YamlNode* expression = reader.member(kind);
    if (expression == nullptr) continue;
    fields_.push_back({"ids", kind, Expression::compile(*expression, reader.place_of(kind), compilation)});
  }
  reader.refuse_unknown();
}

void Mapping::put(const Field& field, boost::json::value value, RawFilm& film) {
  if (is_empty(value)) return;
  if (field.kind.empty()) {
    film.emplace(field.name, std::move(value));
    return;
  }
  boost::json::value& ids = film[field.name];
  if (!ids.is_object()) ids.emplace_object();
  ids.get_object().emplace(field.kind, std::move(value));
}

RawFilm Mapping::apply(const Record& record) const {
  RawFilm film;
  film.reserve(fields_.size());
  for (const Field& field : fields_) put(field, field.expression->evaluate(record), film);
  return film;
}

RawFilm Mapping::apply(const Record& record, std::vector<FieldTrace>& trace) const {
  RawFilm film;
  for (const Field& field : fields_) {
    FieldTrace of_field{std::string(field.name) + (field.kind.empty() ? "" : "." + std::string(field.kind)),
                        {}};
    put(field, field.expression->evaluate(record, of_field.steps), film);
    trace.push_back(std::move(of_field));
  }
  return film;
}

bool Mapping::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const Field& field) { return field.name == name; });
}

}  // namespace filmoteka::scraper
