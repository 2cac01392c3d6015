#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/found_number.hpp>
#include <filmoteka/domain/values.hpp>

#include <scraper/core/source/filter_kit.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>

#include <array>
#include <cmath>
#include <map>

namespace filmoteka::scraper::filters {
namespace {

namespace json = boost::json;

json::value value_of(std::optional<std::int64_t> number) {
  return number ? json::value(*number) : json::value();
}

json::value number_in(std::string_view text) {
  const auto found = domain::find_number(text);
  if (!found) return nullptr;
  return found->whole ? json::value(*found->whole) : json::value(found->value);
}

using Table = std::map<std::string, json::value, std::less<>>;

}  // namespace

FilterStep make_map(Argument& argument) {
  if (!argument.node().is_object() || argument.node().members.empty()) {
    argument.fault("must be a group of keys: {R: 16}");
    return {};
  }
  Table table;
  for (const auto& [from, to] : argument.node().members) table.emplace(from, to.to_json());
  const config::YamlNode* rest = argument.entry().find("other");
  json::value other = rest == nullptr ? json::value() : rest->to_json();
  return on_each([table = std::move(table), other = std::move(other)](const json::value& value,
                                                                      const Record&) -> json::value {
    const auto text = scalar_text(value);
    if (!text) return other;
    const auto found = table.find(trim(*text));
    return found == table.end() ? other : found->second;
  });
}

FilterStep make_default(Argument& argument) {
  return [fallback = argument.node().to_json()](json::value value, const Record&) {
    return is_empty(value) ? fallback : value;
  };
}

FilterStep make_number(Argument&) {
  return on_each([](const json::value& value, const Record&) -> json::value {
    if (value.is_number()) return value;
    const json::string* text = value.if_string();
    return text == nullptr ? json::value() : number_in(*text);
  });
}

FilterStep make_multiply(Argument& argument) {
  const auto factor = argument.number();
  if (!factor) return {};
  return on_each([by = *factor](const json::value& value, const Record&) -> json::value {
    const auto number = number_of(value);
    if (!number || !std::isfinite(*number * by)) return nullptr;
    return json::value(*number * by);
  });
}

FilterStep make_unit(Argument& argument) {
  constexpr std::array<std::pair<std::string_view, double>, 4> kUnits = {
      {{"hours", 3600}, {"minutes", 60}, {"seconds", 1}, {"milliseconds", 0.001}}};
  const json::string* name = argument.node().scalar.if_string();
  for (const auto& [unit, seconds] : kUnits) {
    if (name == nullptr || unit != *name) continue;
    return on_each([seconds](const json::value& value, const Record&) -> json::value {
      const auto number = number_of(value);
      if (!number || std::abs(*number * seconds) > 1e15) return nullptr;
      return json::value(static_cast<std::int64_t>(std::llround(*number * seconds)));
    });
  }
  argument.fault("must be one of hours, minutes, seconds, milliseconds");
  return {};
}

FilterStep make_count(Argument&) {
  return on_text([](const std::string& text, const Record&) { return value_of(domain::parse_count(text)); });
}

FilterStep make_duration(Argument&) {
  return on_text(
      [](const std::string& text, const Record&) { return value_of(domain::parse_duration(text)); });
}

}  // namespace filmoteka::scraper::filters
