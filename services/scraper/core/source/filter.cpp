#include <filmoteka/base/nearest_name.hpp>

#include <boost/json/array.hpp>
#include <scraper/core/source/filter_kit.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::scraper {
namespace filters {
namespace {

namespace json = boost::json;

constexpr auto kFilters = std::to_array<Entry>({{"append", make_append},
                                                {"count", make_count, false},
                                                {"date", make_date},
                                                {"default", make_default},
                                                {"duration", make_duration, false},
                                                {"each", make_each},
                                                {"first", make_first, false},
                                                {"hash", make_hash, false},
                                                {"html_to_text", make_html_to_text, false},
                                                {"htmldecode", make_htmldecode, false},
                                                {"join", make_join},
                                                {"last", make_last, false},
                                                {"latest_year", make_latest_year},
                                                {"lower", make_lower, false},
                                                {"map", make_map},
                                                {"multiply", make_multiply},
                                                {"nth", make_nth},
                                                {"number", make_number, false},
                                                {"prepend", make_prepend},
                                                {"querystring", make_querystring},
                                                {"regexp", make_regexp},
                                                {"remove", make_remove},
                                                {"repair", make_repair},
                                                {"replace", make_replace},
                                                {"resolve_url", make_resolve_url, false},
                                                {"split", make_split},
                                                {"timeago", make_timeago, false},
                                                {"trim", make_trim, false},
                                                {"unit", make_unit},
                                                {"upper", make_upper, false},
                                                {"urldecode", make_urldecode, false},
                                                {"urlencode", make_urlencode, false},
                                                {"year", make_year, false}});

const Entry* find(std::string_view name) {
  const auto* found = std::find_if(kFilters.begin(), kFilters.end(),
                                   [&](const Entry& filter) { return filter.name == name; });
  return found == kFilters.end() ? nullptr : found;
}

/// The filter's name in an entry of the list; empty, and a fault, if it has none.
std::string name_of(const config::YamlNode& entry, const std::string& place, Compilation& compilation) {
  if (entry.scalar.is_string()) return std::string(std::string_view(entry.scalar.as_string()));
  // `map` may have a second key.
  const bool one_key =
      entry.members.size() == 1 || (entry.members.size() == 2 && entry.find("other") != nullptr);
  if (one_key) return entry.members.front().first == "other" ? "map" : entry.members.front().first;
  compilation.fault(place, entry.line,
                    "must be the name of a filter, or one filter and its argument: {split: \",\"}");
  return {};
}

}  // namespace

std::optional<std::string> Argument::text(std::size_t most) {
  auto found = node_->is_list() || node_->is_object() || node_->scalar.is_bool() ? std::nullopt
                                                                                 : scalar_text(node_->scalar);
  if (found && !found->empty() && found->size() <= most) return found;
  fault("must be text of at most " + std::to_string(most) + " bytes");
  return std::nullopt;
}

std::optional<double> Argument::number() {
  const bool is_number = node_->scalar.is_number();
  if (!is_number) fault("must be a number");
  return is_number ? number_of(node_->scalar) : std::nullopt;
}

std::optional<std::int64_t> Argument::whole(std::int64_t low, std::int64_t high) {
  const std::int64_t* value = node_->scalar.if_int64();
  if (value != nullptr && *value >= low && *value <= high) return *value;
  fault("must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  return std::nullopt;
}

std::optional<Pattern> Argument::pattern(const config::YamlNode& node, const std::string& key) {
  const std::string place = key.empty() ? place_ : place_ + "." + key;
  const auto* text = node.scalar.if_string();
  if (text != nullptr) return Pattern::compile(*text, place, node.line, compilation_);
  compilation_.fault(place, node.line, "must be a regular expression, in quotes");
  return std::nullopt;
}

void Argument::fault(std::string_view detail) {
  compilation_.fault(place_, node_ == nullptr ? entry_.line : node_->line, detail);
}

FilterStep on_each(std::function<json::value(const json::value&, const Record&)> change) {
  return [change = std::move(change)](json::value value, const Record& record) -> json::value {
    const json::array* list = value.if_array();
    if (list == nullptr) return change(value, record);
    json::array changed;
    changed.reserve(list->size());
    for (const json::value& element : *list) {
      json::value result = change(element, record);
      if (!is_empty(result)) changed.push_back(std::move(result));
    }
    return changed;
  };
}

FilterStep on_text(std::function<json::value(std::string, const Record&)> change) {
  return on_each([change = std::move(change)](const json::value& value, const Record& record) -> json::value {
    auto text = scalar_text(value);
    if (!text || text->size() > kMaxTextBytes) return nullptr;
    return change(std::move(*text), record);
  });
}

}  // namespace filters

namespace {

std::optional<Filter> read_filter(const config::YamlNode& entry, const std::string& place,
                                  Compilation& compilation) {
  const std::string name = filters::name_of(entry, place, compilation);
  if (name.empty()) return std::nullopt;
  const filters::Entry* known = filters::find(name);
  if (known == nullptr) {
    const auto names = filter_names();
    const auto nearest = nearest_name(name, names);
    compilation.fault(place, entry.line,
                      "'" + name + "' is not a filter" +
                          (nearest ? "; did you mean '" + std::string(*nearest) + "'?" : std::string()));
    return std::nullopt;
  }
  const config::YamlNode* argument = entry.is_object() ? entry.find(name) : nullptr;
  const std::string inner = place + "." + name;
  const bool has_argument = argument != nullptr && !argument->is_null();
  if (has_argument != known->takes_argument) {
    compilation.fault(inner, entry.line, has_argument ? "takes no argument" : "needs an argument");
    return std::nullopt;
  }
  if (name != "map" && entry.find("other") != nullptr) {
    compilation.fault(place + ".other", entry.line, "belongs to the filter map alone");
    return std::nullopt;
  }
  filters::Argument given(entry, argument, inner, compilation);
  FilterStep step = known->make(given);
  if (!step) return std::nullopt;
  return Filter{name, std::move(step), name == "default"};
}

}  // namespace

std::vector<Filter> read_filters(const config::YamlNode& node, const std::string& place,
                                 Compilation& compilation) {
  constexpr std::size_t kMostFilters = 30;
  std::vector<Filter> filters;
  if (!node.is_list() || node.items.empty() || node.items.size() > kMostFilters) {
    compilation.fault(place, node.line,
                      "must be a list of 1 to " + std::to_string(kMostFilters) + " filters");
    return filters;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    auto filter = read_filter(node.items[i], place + "[" + std::to_string(i) + "]", compilation);
    if (filter) filters.push_back(std::move(*filter));
  }
  return filters;
}

std::vector<std::string_view> filter_names() {
  std::vector<std::string_view> names;
  for (const filters::Entry& filter : filters::kFilters) names.push_back(filter.name);
  return names;
}

}  // namespace filmoteka::scraper
