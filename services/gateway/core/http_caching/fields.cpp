#include <filmoteka/base/strings.hpp>

#include <gateway/core/http_caching/fields.hpp>

namespace filmoteka::gateway {

std::optional<std::string_view> Fields::first(std::string_view name) const {
  std::optional<std::string_view> found;
  each([&](std::string_view known, std::string_view value) {
    if (!found && equals_ignore_case_ascii(known, name)) found = value;
  });
  return found;
}

std::optional<std::string> Fields::combined(std::string_view name) const {
  std::optional<std::string> all;
  each([&](std::string_view known, std::string_view value) {
    if (!equals_ignore_case_ascii(known, name)) return;
    if (all) {
      all->append(", ").append(value);
    } else {
      all.emplace(value);
    }
  });
  return all;
}

std::vector<std::string_view> list_elements(std::string_view list) {
  std::vector<std::string_view> elements;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    if (i < list.size() && quoted && list[i] == '\\') {
      ++i;
      continue;
    }
    if (i < list.size() && list[i] == '"') quoted = !quoted;
    if (i < list.size() && (quoted || list[i] != ',')) continue;
    const std::string_view element = trim(list.substr(begin, std::min(i, list.size()) - begin));
    if (!element.empty()) elements.push_back(element);
    begin = i + 1;
  }
  return elements;
}

}  // namespace filmoteka::gateway
