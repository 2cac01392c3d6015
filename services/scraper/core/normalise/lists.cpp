#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/countries.hpp>
#include <filmoteka/domain/genres.hpp>
#include <filmoteka/domain/html_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <scraper/core/normalise/lists.hpp>
#include <scraper/core/source/loose_value.hpp>

#include <algorithm>
#include <optional>
#include <string_view>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

/// The text of an entry: itself, or its "name" or "title".
std::optional<std::string> entry_text(const json::value& entry) {
  const json::object* object = entry.if_object();
  if (object == nullptr) return scalar_text(entry);
  for (const std::string_view key : {"name", "title"}) {
    const json::value* name = object->if_contains(key);
    if (name != nullptr && !is_empty(*name)) return scalar_text(*name);
  }
  return std::nullopt;
}

void add_parts(std::vector<std::string>& list, std::string_view text, std::string_view separators) {
  for (;;) {
    const std::size_t end = separators.empty() ? std::string_view::npos : text.find_first_of(separators);
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty()) list.emplace_back(part);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> entries(const json::value& value, std::string_view in_text,
                                 std::string_view in_array) {
  std::vector<std::string> list;
  if (const json::array* array = value.if_array()) {
    for (const json::value& entry : *array) {
      if (const auto text = entry_text(entry)) add_parts(list, domain::html_to_line(*text), in_array);
    }
  } else if (const auto text = entry_text(value)) {
    add_parts(list, domain::html_to_line(*text), in_text);
  }
  return list;
}

}  // namespace

std::vector<std::string> names(const json::value& value) {
  return entries(value, ",;|", "");
}

std::vector<std::string> country_names(const json::value& value) {
  std::vector<std::string> countries = names(value);
  for (std::string& country : countries) country = std::string(domain::country_name(country));
  return countries;
}

std::vector<std::string> genre_names(const json::value& value) {
  std::vector<std::string> genres = entries(value, ",;|/", ",;|/");
  for (std::string& genre : genres) {
    while (genre.ends_with('.') || genre.ends_with(' ')) genre.pop_back();
    genre = std::string(domain::genre_name(genre));
  }
  std::erase_if(genres, [](const std::string& genre) { return genre.empty(); });
  return genres;
}

}  // namespace filmoteka::scraper
