#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <scraper/core/source/filter_kit.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/path.hpp>

namespace filmoteka::scraper::filters {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxParts = 10'000;

void split_into(json::array& parts, std::string_view text, std::string_view separator) {
  while (parts.size() < kMaxParts) {
    const std::size_t end = text.find(separator);
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + separator.size());
  }
}

/// The element at `position`, from 1; a negative one counts from the end. A single value is a list of one.
json::value element_at(json::value value, std::int64_t position) {
  json::array* list = value.if_array();
  if (list == nullptr) return position == 1 || position == -1 ? value : json::value();
  const auto size = static_cast<std::int64_t>(list->size());
  const std::int64_t index = position > 0 ? position - 1 : size + position;
  if (index < 0 || index >= size) return nullptr;
  return std::move((*list)[static_cast<std::size_t>(index)]);
}

FilterStep taking(std::int64_t position) {
  return [position](json::value value, const Record&) {
    return element_at(std::move(value), position);
  };
}

}  // namespace

FilterStep make_split(Argument& argument) {
  const auto separator = argument.text();
  if (!separator) return {};
  return [separator = *separator](const json::value& value, const Record&) -> json::value {
    json::array parts;
    if (const json::array* list = value.if_array()) {
      for (const json::value& element : *list) {
        if (const auto text = scalar_text(element)) split_into(parts, *text, separator);
      }
    } else if (const auto text = scalar_text(value)) {
      split_into(parts, *text, separator);
    }
    return parts;
  };
}

FilterStep make_join(Argument& argument) {
  const auto separator = argument.text();
  if (!separator) return {};
  return [separator = *separator](json::value value, const Record&) -> json::value {
    const json::array* list = value.if_array();
    if (list == nullptr) return value;
    std::string joined;
    for (const json::value& element : *list) {
      const auto text = scalar_text(element);
      if (!text || trim(*text).empty()) continue;
      if (!joined.empty()) joined += separator;
      joined += trim(*text);
    }
    return json::value(json::string(joined));
  };
}

FilterStep make_each(Argument& argument) {
  const auto text = argument.text();
  if (!text) return {};
  auto path = Path::parse(*text);
  if (!path || path->is_of_context()) {
    argument.fault("must be a path inside each element, like name or links[0].url");
    return {};
  }
  return [path = std::move(*path)](const json::value& list, const Record&) -> json::value {
    const json::array* elements = list.if_array();
    if (elements == nullptr) return nullptr;
    json::array found;
    for (const json::value& element : *elements) {
      const json::value* value = path.find(element);
      if (value != nullptr && !is_empty(*value)) found.push_back(*value);
    }
    return found;
  };
}

FilterStep make_nth(Argument& argument) {
  const auto position = argument.whole(-1'000, 1'000);
  if (!position) return {};
  if (*position == 0) {
    argument.fault("counts from 1; -1 is the last one");
    return {};
  }
  return taking(*position);
}

FilterStep make_first(Argument&) {
  return taking(1);
}

FilterStep make_last(Argument&) {
  return taking(-1);
}

}  // namespace filmoteka::scraper::filters
