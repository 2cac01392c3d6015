#include <boost/json/array.hpp>
#include <scraper/core/source/expression.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/origin.hpp>
#include <scraper/core/source/path.hpp>
#include <scraper/core/source/text_template.hpp>

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;
using Read = std::function<json::value(const Record&)>;

constexpr std::string_view kBadPath =
    "must be a path like title, object.genres[0].name or $item.title (of $url, $list, $page, $date, $cursor, "
    "$item, "
    "$field)";

Read reading_path(Path path) {
  return [path = std::move(path)](const Record& record) {
    const json::value* found = path.find(record);
    return found == nullptr ? json::value() : *found;
  };
}

Origin path_origin(const config::YamlNode& node, const std::string& place, Compilation& compilation) {
  const auto text = node.is_list() || node.is_object() ? std::nullopt : scalar_text(node.scalar);
  auto path = text ? Path::parse(*text) : std::nullopt;
  if (!path) {
    compilation.fault(place, node.line, kBadPath);
  } else if (compilation.reading == Reading::kSelectors && !path->is_of_context()) {
    compilation.fault(place, node.line, "a page has no paths: use css, xpath or a path with $ in front");
  } else {
    return {"from " + *text, reading_path(std::move(*path))};
  }
  return {};
}

/// What of the elements found is the value.
struct Taking {
  std::string attribute;
  bool html = false;
  bool all = false;
};

std::optional<std::string> taken(const markup::Element& element, const Taking& taking) {
  if (!taking.attribute.empty()) return element.attribute(taking.attribute);
  return taking.html ? element.html() : element.text();
}

json::value read_elements(const markup::Element& element, const markup::Selector& selector,
                          const Taking& taking) {
  json::array values;
  for (const markup::Element& found : element.select(selector)) {
    const auto text = taken(found, taking);
    if (!text) continue;
    if (!taking.all) return json::value(json::string(*text));
    values.emplace_back(json::string(*text));
  }
  return taking.all ? json::value(std::move(values)) : json::value();
}

json::value read_values(const markup::Element& element, const markup::Selector& selector, bool all) {
  json::array values;
  for (const std::string& text : element.values(selector)) {
    if (!all) return json::value(json::string(text));
    values.emplace_back(json::string(text));
  }
  return all ? json::value(std::move(values)) : json::value();
}

/// `gives_values`: attributes, text nodes and numbers, not elements.
Read reading_selector(std::shared_ptr<const markup::Selector> selector, Taking taking, bool gives_values) {
  return [selector = std::move(selector), taking = std::move(taking), gives_values](const Record& record) {
    if (record.element == nullptr) return json::value();
    return gives_values ? read_values(*record.element, *selector, taking.all)
                        : read_elements(*record.element, *selector, taking);
  };
}

std::shared_ptr<const markup::Selector> compile_selector(const config::YamlNode& node, bool is_xpath,
                                                         const std::string& place, Compilation& compilation) {
  const json::string* text = node.scalar.if_string();
  if (text == nullptr) {
    compilation.fault(place, node.line, is_xpath ? "must be an XPath" : "must be a CSS selector");
    return nullptr;
  }
  if (!compilation.admits(*text, place, node.line)) return nullptr;
  auto selector = is_xpath ? markup::Selector::xpath(*text) : markup::Selector::css(*text);
  if (selector.has_value()) return std::make_shared<const markup::Selector>(std::move(*selector));
  compilation.fault(place, node.line, selector.error().message);
  return nullptr;
}

Origin selector_origin(KeyReader& reader, std::string_view key, const config::YamlNode& node,
                       Compilation& compilation) {
  const bool is_xpath = key == "xpath";
  Taking taking;
  reader.text("attribute", taking.attribute);
  reader.flag("html", taking.html);
  reader.flag("all", taking.all);
  if (taking.html && !taking.attribute.empty()) reader.fault("html", "does not go with `attribute`");
  auto selector = compile_selector(node, is_xpath, reader.place_of(key), compilation);
  if (selector == nullptr) return {};
  const std::string text(std::string_view(node.scalar.as_string()));
  const bool asks_elements = !taking.attribute.empty() || taking.html;
  const bool gives_values = !asks_elements && (is_xpath || text.find("::") != std::string::npos);
  return {std::string(key) + " " + text,
          reading_selector(std::move(selector), std::move(taking), gives_values)};
}

Origin template_origin(const config::YamlNode& node, const std::string& place, Compilation& compilation) {
  auto parsed = node.scalar.is_string() ? TextTemplate::parse(node.scalar.as_string()) : std::nullopt;
  if (!parsed) {
    compilation.fault(place, node.line, "must be text with paths in braces: \"{title} ({year})\"");
    return {};
  }
  return {"template", [parsed = std::move(*parsed)](const Record& record) {
            const auto text = parsed.fill(record);
            return text ? json::value(json::string(*text)) : json::value();
          }};
}

}  // namespace

std::shared_ptr<const markup::Selector> read_selector(const config::YamlNode& node, const std::string& place,
                                                      Compilation& compilation) {
  if (!node.is_object()) return compile_selector(node, false, place, compilation);
  KeyReader reader(node, place, compilation.faults);
  const config::YamlNode* css = reader.member("css");
  const config::YamlNode* xpath = reader.member("xpath");
  reader.refuse_unknown();
  if ((css == nullptr) == (xpath == nullptr)) {
    reader.fault("css", "exactly one of css and xpath is needed");
    return nullptr;
  }
  return css != nullptr ? compile_selector(*css, false, place + ".css", compilation)
                        : compile_selector(*xpath, true, place + ".xpath", compilation);
}

Origin read_plain_origin(const config::YamlNode& node, const std::string& place, Compilation& compilation) {
  const json::string* text = node.scalar.if_string();
  if (compilation.reading == Reading::kPaths || text == nullptr || text->starts_with('$')) {
    return path_origin(node, place, compilation);
  }
  auto selector = compile_selector(node, false, place, compilation);
  if (selector == nullptr) return {};
  const std::string css(std::string_view{*text});
  return {"css " + css, reading_selector(std::move(selector), {}, css.find("::") != std::string::npos)};
}

Origin read_alternatives(const config::YamlNode& node, const std::string& place, Compilation& compilation) {
  if (!node.is_list() || node.items.empty()) {
    compilation.fault(place, node.line, "must be a list of expressions");
    return {};
  }
  std::vector<std::shared_ptr<const Expression>> alternatives;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    alternatives.push_back(
        Expression::compile(node.items[i], place + "[" + std::to_string(i) + "]", compilation));
  }
  return {"first", [alternatives = std::move(alternatives)](const Record& record) {
            for (const auto& alternative : alternatives) {
              json::value value = alternative->evaluate(record);
              if (!is_empty(value)) return value;
            }
            return json::value();
          }};
}

Origin read_origin(KeyReader& reader, Compilation& compilation) {
  constexpr std::array<std::string_view, 6> kKeys = {"from", "css", "xpath", "first", "template", "constant"};
  std::string_view key;
  const config::YamlNode* node = nullptr;
  int given = 0;
  for (const std::string_view name : kKeys) {
    const config::YamlNode* found = reader.member(name);
    if (found == nullptr) continue;
    ++given;
    key = name;
    node = found;
  }
  if (given != 1) {
    reader.fault("from", "exactly one of from, css, xpath, first, template, constant is needed");
    return {};
  }
  if (key == "from") return path_origin(*node, reader.place_of(key), compilation);
  if (key == "first") return read_alternatives(*node, reader.place_of(key), compilation);
  if (key == "template") return template_origin(*node, reader.place_of(key), compilation);
  if (key != "constant") return selector_origin(reader, key, *node, compilation);
  return {"constant", [value = node->to_json()](const Record&) {
            return value;
          }};
}

}  // namespace filmoteka::scraper
