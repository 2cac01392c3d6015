#include <filmoteka/base/strings.hpp>

#include <scraper/core/source/path.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::scraper {
namespace {

constexpr auto kContextNames =
    std::to_array<std::string_view>({"url", "list", "page", "date", "cursor", "item", "field"});

bool is_context_name(std::string_view name) {
  return std::find(kContextNames.begin(), kContextNames.end(), name) != kContextNames.end();
}

}  // namespace

std::optional<Path> Path::parse(std::string_view text) {
  Path path;
  path.text_ = text;
  if (path.is_of_context()) {
    text.remove_prefix(1);
    if (!is_context_name(text.substr(0, text.find_first_of(".[")))) return std::nullopt;
  }
  for (std::string_view part : split(text, '.')) {
    const std::string_view key = part.substr(0, part.find('['));
    if (key.empty()) return std::nullopt;
    path.steps_.emplace_back(std::string(key));
    part.remove_prefix(key.size());
    while (!part.empty()) {
      const std::size_t close = part.find(']');
      if (part.front() != '[' || close == std::string_view::npos) return std::nullopt;
      const auto index = parse_number<std::size_t>(part.substr(1, close - 1));
      if (!index) return std::nullopt;
      path.steps_.emplace_back(*index);
      part.remove_prefix(close + 1);
    }
  }
  return path;
}

const boost::json::value* Path::walk(const boost::json::object& object) const {
  const boost::json::value* current = nullptr;
  for (const Step& step : steps_) {
    if (const auto* key = std::get_if<std::string>(&step)) {
      const boost::json::object* members = current == nullptr ? &object : current->if_object();
      current = members == nullptr ? nullptr : members->if_contains(*key);
    } else {
      const boost::json::array* list = current->if_array();
      current = list == nullptr ? nullptr : list->if_contains(std::get<std::size_t>(step));
    }
    if (current == nullptr) return nullptr;
  }
  return current;
}

const boost::json::value* Path::find(const Record& record) const {
  if (is_of_context()) return record.context == nullptr ? nullptr : walk(*record.context);
  return record.json == nullptr ? nullptr : find(*record.json);
}

const boost::json::value* Path::find(const boost::json::value& value) const {
  const boost::json::object* object = value.if_object();
  if (object == nullptr) return nullptr;
  const boost::json::value* whole = object->if_contains(text_);
  return whole != nullptr ? whole : walk(*object);
}

}  // namespace filmoteka::scraper
