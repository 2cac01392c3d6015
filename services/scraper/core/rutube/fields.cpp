#include <boost/json/array.hpp>
#include <scraper/core/normalise/title/title.hpp>
#include <scraper/core/rutube/description.hpp>
#include <scraper/core/rutube/fields.hpp>
#include <scraper/core/source/loose_value.hpp>

namespace filmoteka::scraper::rutube {
namespace {

namespace json = boost::json;

void put_list(const std::vector<std::string>& list, std::string_view field, RawFilm& film) {
  if (list.empty() || film.contains(field)) return;
  film.emplace(field, json::array(list.begin(), list.end()));
}

}  // namespace

const json::value* member(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr || is_empty(*value) ? nullptr : value;
}

const json::object* object_member(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = member(object, key);
  return value == nullptr ? std::string() : scalar_text(*value).value_or("");
}

bool is_true(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::optional<std::int64_t> count_of(const json::object& object, std::string_view key) {
  const json::value* value = member(object, key);
  return value == nullptr ? std::nullopt : integer_of(*value);
}

void copy_first(const json::object& object, std::initializer_list<std::string_view> keys,
                std::string_view field, RawFilm& film) {
  for (const std::string_view key : keys) {
    const json::value* value = member(object, key);
    // "genres" of a video object is the address of its genres.
    if (value == nullptr || value->is_object()) continue;
    film.emplace(field, *value);
    return;
  }
}

void put_title(const TitleParts& parts, RawFilm& film) {
  film.emplace("title", parts.title);
  if (parts.original_title) film.emplace("original_title", *parts.original_title);
  if (parts.year) film.emplace("year", *parts.year);
}

void put_description(std::string_view description, RawFilm& film) {
  if (description.empty()) return;
  film.emplace("description", description);
  const DescriptionFacts facts = read_description(description);
  put_list(facts.genres, "genres", film);
  put_list(facts.countries, "countries", film);
  if (facts.year && !film.contains("year")) film.emplace("year", *facts.year);
}

}  // namespace filmoteka::scraper::rutube
