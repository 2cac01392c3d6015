#include <scraper/core/source/expression.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/mapping.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::scraper {
namespace {

constexpr std::array<std::string_view, 18> kFields = {
    "title",    "original_title", "year",       "image_url", "thumbnail_url", "views",
    "added_at", "source_id",      "source_url", "duration",  "description",   "genres",
    "rating",   "age_rating",     "countries",  "cast",      "is_active",     "source"};

}  // namespace

std::span<const std::string_view> film_fields() {
  return kFields;
}

Mapping::Mapping() = default;
Mapping::~Mapping() = default;
Mapping::Mapping(Mapping&&) noexcept = default;
Mapping& Mapping::operator=(Mapping&&) noexcept = default;
Mapping::Mapping(const Mapping&) = default;
Mapping& Mapping::operator=(const Mapping&) = default;

Mapping Mapping::compile(const config::YamlNode& fields, const std::string& place,
                         std::vector<FieldError>& faults) {
  Mapping mapping;
  KeyReader reader(fields, place, faults);
  for (const std::string_view name : kFields) {
    const config::YamlNode* expression = reader.member(name);
    if (expression == nullptr) continue;
    mapping.fields_.push_back({name, Expression::compile(*expression, reader.place_of(name), faults)});
  }
  for (const std::string_view required : {"title", "source_id"}) {
    if (fields.is_object() && fields.find(required) == nullptr) reader.fault(required, "is required");
  }
  reader.refuse_unknown();
  return mapping;
}

RawFilm Mapping::apply(const boost::json::object& record) const {
  RawFilm film;
  film.reserve(fields_.size());
  for (const Field& field : fields_) {
    boost::json::value value = field.expression->evaluate(record);
    if (!is_empty(value)) film.emplace(field.name, std::move(value));
  }
  return film;
}

}  // namespace filmoteka::scraper
