/// For tests: expressions and conditions written as YAML, evaluated on JSON or HTML, shown as text.
#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <scraper/core/source/condition.hpp>
#include <scraper/core/source/expression.hpp>

#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// The first fault as "place: detail", or "".
inline std::string first_fault(const std::vector<FieldError>& faults) {
  return faults.empty() ? std::string() : faults.front().parameter + ": " + faults.front().detail;
}

inline std::string shown(const boost::json::value& value) {
  return value.is_null() ? "absent" : boost::json::serialize(value);
}

/// What `expression` makes of `record`, or its first fault.
inline std::string evaluated(const std::string& expression, const Record& record,
                             Reading reading = Reading::kPaths) {
  const auto yaml = config::parse_yaml(expression, "test");
  if (yaml.has_error()) return yaml.error().message;
  std::vector<FieldError> faults;
  Compilation compilation{.faults = faults, .reading = reading, .assumed_offset = std::chrono::minutes{180}};
  const auto compiled = Expression::compile(*yaml, "x", compilation);
  return faults.empty() ? shown(compiled->evaluate(record)) : first_fault(faults);
}

inline std::string of_json(const std::string& expression, std::string_view record,
                           std::string_view context = "{}") {
  const boost::json::value value = boost::json::parse(record);
  const boost::json::object around = boost::json::parse(context).as_object();
  Record view;
  view.json = &value;
  view.context = &around;
  view.now = Timestamp{std::chrono::milliseconds{1'700'000'000'000}};  // 2023-11-14T22:13:20Z, a Tuesday
  return evaluated(expression, view);
}

inline std::string of_html(const std::string& expression, std::string_view html,
                           std::string_view context = "{}") {
  const auto document = markup::Document::parse_html(html);
  if (document.has_error()) return document.error().message;
  const markup::Element root = document->root();
  const boost::json::object around = boost::json::parse(context).as_object();
  Record view;
  view.element = &root;
  view.context = &around;
  return evaluated(expression, view, Reading::kSelectors);
}

}  // namespace filmoteka::scraper
