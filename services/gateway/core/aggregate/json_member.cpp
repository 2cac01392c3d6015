#include <filmoteka/base/strings.hpp>

#include <gateway/core/aggregate/json_member.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

void skip_blanks(std::string_view& json) {
  json.remove_prefix(std::min(json.find_first_not_of(kBlanks), json.size()));
}

/// Takes what is before `end`.
std::string_view take(std::string_view& json, std::size_t end) {
  const std::string_view taken = json.substr(0, end);
  json.remove_prefix(taken.size());
  return taken;
}

/// Takes a string with its quotes.
std::string_view take_string(std::string_view& json) {
  std::size_t at = 1;
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? std::size_t{2} : std::size_t{1};
  return take(json, at + 1);
}

std::string_view take_nested(std::string_view& json) {
  const std::string_view all = json;
  int depth = 0;
  do {
    const char c = json.front();
    if (c == '"') {
      take_string(json);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    json.remove_prefix(1);
  } while (depth > 0 && !json.empty());
  return all.substr(0, all.size() - json.size());
}

std::string_view take_value(std::string_view& json) {
  if (json.empty()) return {};
  if (json.front() == '"') return take_string(json);
  if (json.front() == '{' || json.front() == '[') return take_nested(json);
  return take(json, json.find_first_of(",]} \t\r\n"));
}

bool take_char(std::string_view& json, char c) {
  skip_blanks(json);
  if (!json.starts_with(c)) return false;
  json.remove_prefix(1);
  skip_blanks(json);
  return true;
}

}  // namespace

std::optional<std::string_view> json_member(std::string_view json, std::string_view name) {
  if (!take_char(json, '{')) return std::nullopt;
  do {
    if (!json.starts_with('"')) return std::nullopt;
    const std::string_view key = take_string(json);
    if (!take_char(json, ':')) return std::nullopt;
    const std::string_view value = take_value(json);
    if (value.empty()) return std::nullopt;
    if (key.size() == name.size() + 2 && key.substr(1, name.size()) == name) return value;
  } while (take_char(json, ','));
  return std::nullopt;
}

std::vector<std::string_view> json_elements(std::string_view json) {
  std::vector<std::string_view> elements;
  if (!take_char(json, '[')) return elements;
  do {
    const std::string_view value = json.starts_with(']') ? std::string_view() : take_value(json);
    if (value.empty()) break;
    elements.push_back(value);
  } while (take_char(json, ','));
  return elements;
}

std::string with_member(std::string_view object, std::string_view name, std::string_view value) {
  const std::string_view trimmed = trim(object);
  if (!trimmed.starts_with('{') || !trimmed.ends_with('}')) return std::string(object);
  std::string out(trimmed.substr(0, trimmed.size() - 1));
  if (!trim(out).ends_with('{')) out += ',';
  return out.append("\"").append(name).append("\":").append(value).append("}");
}

}  // namespace filmoteka::gateway
