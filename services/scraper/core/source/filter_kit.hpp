/// What the filters are made with: their arguments, and how a function of one value is applied to lists.
#pragma once

#include <scraper/core/source/filter.hpp>
#include <scraper/core/source/pattern.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::scraper::filters {

/// Longer texts are no values of films: a filter makes null of them.
inline constexpr std::size_t kMaxTextBytes = 1024 * 1024;
/// Texts of a definition that filters insert.
inline constexpr std::size_t kMaxInsertBytes = 200;

/// What stands behind a filter's name. Each reader notes a fault and gives nullopt if it is something else.
class Argument {
 public:
  /// `entry` is the whole entry of the list, for filters with a second key; `node` null: a filter without
  /// argument.
  Argument(const config::YamlNode& entry, const config::YamlNode* node, std::string place,
           Compilation& compilation)
      : entry_(entry), node_(node), place_(std::move(place)), compilation_(compilation) {}

  const config::YamlNode& entry() const { return entry_; }
  const config::YamlNode& node() const { return *node_; }
  const std::string& place() const { return place_; }
  Compilation& compilation() { return compilation_; }

  std::optional<std::string> text(std::size_t most = kMaxInsertBytes);
  std::optional<double> number();
  std::optional<std::int64_t> whole(std::int64_t low, std::int64_t high);
  std::optional<Pattern> pattern(const config::YamlNode& node, const std::string& key);
  void fault(std::string_view detail);

 private:
  const config::YamlNode& entry_;
  const config::YamlNode* node_;
  std::string place_;
  Compilation& compilation_;
};

/// Makes the step of a filter; an empty function after a fault.
using Make = FilterStep (*)(Argument& argument);

struct Entry {
  std::string_view name;
  Make make;
  bool takes_argument = true;
};

/// A step that works on each value of a list by itself, leaving out what becomes null.
FilterStep on_each(std::function<boost::json::value(const boost::json::value&, const Record&)> change);
/// The same on texts and numbers written out; null for anything else and for texts beyond kMaxTextBytes.
FilterStep on_text(std::function<boost::json::value(std::string, const Record&)> change);

// text_filters.cpp
FilterStep make_replace(Argument& argument);
FilterStep make_regexp(Argument& argument);
FilterStep make_remove(Argument& argument);
FilterStep make_trim(Argument& argument);
FilterStep make_lower(Argument& argument);
FilterStep make_upper(Argument& argument);
FilterStep make_prepend(Argument& argument);
FilterStep make_append(Argument& argument);
FilterStep make_htmldecode(Argument& argument);
FilterStep make_html_to_text(Argument& argument);
FilterStep make_repair(Argument& argument);
FilterStep make_hash(Argument& argument);
// list_filters.cpp
FilterStep make_split(Argument& argument);
FilterStep make_join(Argument& argument);
FilterStep make_each(Argument& argument);
FilterStep make_nth(Argument& argument);
FilterStep make_first(Argument& argument);
FilterStep make_last(Argument& argument);
// value_filters.cpp
FilterStep make_map(Argument& argument);
FilterStep make_default(Argument& argument);
FilterStep make_number(Argument& argument);
FilterStep make_multiply(Argument& argument);
FilterStep make_unit(Argument& argument);
FilterStep make_count(Argument& argument);
FilterStep make_duration(Argument& argument);
// time_filters.cpp
FilterStep make_date(Argument& argument);
FilterStep make_timeago(Argument& argument);
FilterStep make_year(Argument& argument);
FilterStep make_latest_year(Argument& argument);
// url_filters.cpp
FilterStep make_querystring(Argument& argument);
FilterStep make_urlencode(Argument& argument);
FilterStep make_urldecode(Argument& argument);
FilterStep make_resolve_url(Argument& argument);

}  // namespace filmoteka::scraper::filters
