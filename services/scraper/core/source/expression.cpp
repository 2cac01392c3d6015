#include <scraper/core/source/expression.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/steps.hpp>

#include <array>
#include <map>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;
using Table = std::map<std::string, json::value, std::less<>>;

constexpr std::string_view kBadPath = "must be a path like title or object.genres[0].name";

Table read_table(const config::YamlNode& node) {
  Table table;
  for (const auto& [from, to] : node.members) table.emplace(from, to.to_json());
  return table;
}

}  // namespace

std::shared_ptr<const Expression> Expression::compile(const config::YamlNode& node, const std::string& place,
                                                      std::vector<FieldError>& faults) {
  auto expression = std::make_shared<Expression>();
  if (node.is_list()) {
    expression->origin_ = compile_list(node, place, faults);
  } else if (!node.is_object()) {
    expression->read_path(node, place, faults);
  } else {
    KeyReader reader(node, place, faults);
    expression->read_origin(reader, place, faults);
    expression->read_list_steps(reader);
    expression->read_value_steps(reader);
    if (const auto* value = reader.member("default")) expression->default_ = value->to_json();
    reader.refuse_unknown();
  }
  return expression;
}

Expression::Alternatives Expression::compile_list(const config::YamlNode& node, const std::string& place,
                                                  std::vector<FieldError>& faults) {
  if (!node.is_list() || node.items.empty())
    add_fault(faults, place, node.line, "must be a list of expressions");
  Alternatives alternatives;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    alternatives.push_back(compile(node.items[i], place + "[" + std::to_string(i) + "]", faults));
  }
  return alternatives;
}

void Expression::read_path(const config::YamlNode& node, const std::string& place,
                           std::vector<FieldError>& faults) {
  const auto text = scalar_text(node.scalar);
  auto path = text && !node.is_list() && !node.is_object() ? Path::parse(*text) : std::nullopt;
  if (path) {
    origin_ = std::move(*path);
  } else {
    add_fault(faults, place, node.line, kBadPath);
  }
}

void Expression::read_origin(KeyReader& reader, const std::string& place, std::vector<FieldError>& faults) {
  const auto* from = reader.member("from");
  const auto* first = reader.member("first");
  const auto* pattern = reader.member("template");
  const auto* constant = reader.member("constant");
  const auto given = (from != nullptr) + (first != nullptr) + (pattern != nullptr) + (constant != nullptr);
  if (given != 1) {
    reader.fault("from", "exactly one of from, first, template, constant is needed");
  } else if (from != nullptr) {
    read_path(*from, place + ".from", faults);
  } else if (first != nullptr) {
    origin_ = compile_list(*first, place + ".first", faults);
  } else if (constant != nullptr) {
    origin_ = constant->to_json();
  } else {
    auto parsed =
        pattern->scalar.is_string() ? TextTemplate::parse(pattern->scalar.as_string()) : std::nullopt;
    if (parsed) {
      origin_ = std::move(*parsed);
    } else {
      reader.fault("template", "must be text with paths in braces: \"{title} ({year})\"");
    }
  }
}

void Expression::read_list_steps(KeyReader& reader) {
  std::string each_path;
  reader.text("each", each_path);
  if (!each_path.empty()) {
    if (auto path = Path::parse(each_path)) {
      steps_.emplace_back([path = std::move(*path)](json::value value) { return steps::each(value, path); });
    } else {
      reader.fault("each", kBadPath);
    }
  }
  std::string separator;
  reader.text("split", separator);
  if (!separator.empty()) {
    steps_.emplace_back([separator](json::value value) { return steps::split_text(value, separator); });
  }
  std::string joint;
  reader.text("join", joint);
  if (!joint.empty()) {
    steps_.emplace_back([joint](json::value value) { return steps::join_list(value, joint); });
  }
}

void Expression::read_value_steps(KeyReader& reader) {
  if (reader.choice("repair", {"macroman"})) steps_.emplace_back(steps::repair_mac_roman);
  if (const auto* table = reader.member("map")) {
    if (!table->is_object()) reader.fault("map", "must be a group of keys: {R: 16}");
    steps_.emplace_back(
        [rows = read_table(*table)](json::value value) { return steps::map_value(value, rows); });
  }
  if (const auto* node = reader.member("multiply")) {
    const auto factor = number_of(node->scalar);
    if (!factor) reader.fault("multiply", "must be a number");
    steps_.emplace_back(
        [by = factor.value_or(1)](json::value value) { return steps::multiply(std::move(value), by); });
  }
  if (const auto unit = reader.choice("unit", {"hours", "minutes", "seconds", "milliseconds"})) {
    constexpr std::array<double, 4> kSeconds = {3600, 60, 1, 0.001};
    steps_.emplace_back([seconds = kSeconds[*unit]](json::value value) {
      return steps::to_seconds(std::move(value), seconds);
    });
  }
  std::int64_t latest = 0;
  reader.number("latest_year", 1888, 9999, latest);
  if (latest != 0) {
    steps_.emplace_back([latest](json::value value) { return steps::not_after(std::move(value), latest); });
  }
}

json::value Expression::origin(const json::object& record) const {
  if (const auto* path = std::get_if<Path>(&origin_)) {
    const json::value* found = path->find(record);
    return found == nullptr ? json::value() : *found;
  }
  if (const auto* pattern = std::get_if<TextTemplate>(&origin_)) {
    auto text = pattern->fill(record);
    return text ? json::value(*text) : json::value();
  }
  if (const auto* alternatives = std::get_if<Alternatives>(&origin_)) {
    for (const auto& alternative : *alternatives) {
      json::value value = alternative->evaluate(record);
      if (!is_empty(value)) return value;
    }
    return nullptr;
  }
  return std::get<json::value>(origin_);
}

json::value Expression::evaluate(const json::object& record) const {
  json::value value = origin(record);
  for (const Step& step : steps_) {
    if (is_empty(value)) break;
    value = step(std::move(value));
  }
  return is_empty(value) ? default_ : value;
}

}  // namespace filmoteka::scraper
