#include <filmoteka/base/strings.hpp>

#include <scraper/core/source/path.hpp>

namespace filmoteka::scraper {

std::optional<Path> Path::parse(std::string_view text) {
  Path path;
  path.text_ = text;
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

const boost::json::value* Path::find(const boost::json::object& record) const {
  if (const boost::json::value* whole = record.if_contains(text_)) return whole;
  const boost::json::value* current = nullptr;
  for (const Step& step : steps_) {
    if (const auto* key = std::get_if<std::string>(&step)) {
      const boost::json::object* object = current == nullptr ? &record : current->if_object();
      current = object == nullptr ? nullptr : object->if_contains(*key);
    } else {
      const boost::json::array* list = current->if_array();
      current = list == nullptr ? nullptr : list->if_contains(std::get<std::size_t>(step));
    }
    if (current == nullptr) return nullptr;
  }
  return current;
}

const boost::json::value* Path::find(const boost::json::value& value) const {
  const boost::json::object* object = value.if_object();
  return object == nullptr ? nullptr : find(*object);
}

}  // namespace filmoteka::scraper
