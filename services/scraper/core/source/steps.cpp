#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <scraper/core/normalise/encoding.hpp>
#include <scraper/core/normalise/values.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/steps.hpp>

#include <cmath>

namespace filmoteka::scraper::steps {
namespace {

namespace json = boost::json;

void split_into(json::array& parts, std::string_view text, std::string_view separator) {
  for (;;) {
    const std::size_t end = text.find(separator);
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + separator.size());
  }
}

}  // namespace

json::value each(const json::value& list, const Path& path) {
  const json::array* elements = list.if_array();
  if (elements == nullptr) return nullptr;
  json::array found;
  for (const json::value& element : *elements) {
    const json::value* value = path.find(element);
    if (value != nullptr && !is_empty(*value)) found.push_back(*value);
  }
  return found;
}

json::value split_text(const json::value& value, std::string_view separator) {
  json::array parts;
  if (const json::array* list = value.if_array()) {
    for (const json::value& element : *list) {
      if (const auto text = scalar_text(element)) split_into(parts, *text, separator);
    }
  } else if (const auto text = scalar_text(value)) {
    split_into(parts, *text, separator);
  }
  return parts;
}

json::value join_list(const json::value& value, std::string_view separator) {
  const json::array* list = value.if_array();
  if (list == nullptr) return value;
  std::string joined;
  for (const json::value& element : *list) {
    const auto text = scalar_text(element);
    if (!text || trim(*text).empty()) continue;
    if (!joined.empty()) joined += separator;
    joined += trim(*text);
  }
  return json::value(joined);
}

json::value repair_mac_roman(json::value value) {
  if (json::string* text = value.if_string()) *text = repaired_mac_roman(*text);
  if (json::array* list = value.if_array()) {
    for (json::value& element : *list) {
      if (json::string* text = element.if_string()) *text = repaired_mac_roman(*text);
    }
  }
  return value;
}

json::value map_value(const json::value& value,
                      const std::map<std::string, json::value, std::less<>>& table) {
  if (const json::array* list = value.if_array()) {
    json::array mapped;
    for (const json::value& element : *list) {
      json::value found = element.is_array() ? json::value() : map_value(element, table);
      if (!found.is_null()) mapped.push_back(std::move(found));
    }
    return mapped;
  }
  const auto text = scalar_text(value);
  if (!text) return nullptr;
  const auto found = table.find(trim(*text));
  return found == table.end() ? json::value() : found->second;
}

json::value multiply(json::value value, double factor) {
  const auto number = number_of(value);
  return number ? json::value(*number * factor) : value;
}

json::value to_seconds(json::value value, double seconds) {
  const auto number = number_of(value);
  if (!number || std::abs(*number * seconds) > 1e15) return value;
  return json::value(static_cast<std::int64_t>(std::llround(*number * seconds)));
}

json::value not_after(json::value value, std::int64_t latest) {
  const auto text = scalar_text(value);
  const auto year = text ? parse_year(*text) : std::nullopt;
  if (!year) return value;
  return json::value(*year > latest ? *year - 100 : *year);
}

}  // namespace filmoteka::scraper::steps
