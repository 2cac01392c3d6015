#include "lenient_json.hpp"
#include "xml_children.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/markup/structured_data.hpp>

#include <mutex>
#include <unordered_map>

namespace filmoteka::markup {

namespace {

namespace json = boost::json;

constexpr int kDeepest = 12;

const Selector& css(const char* text) {
  // Compiled once for the life of the program: a dozen of fixed selectors.
  static std::mutex mutex;  // guards all
  static std::unordered_map<std::string_view, Selector> all;
  const std::lock_guard lock(mutex);
  const auto found = all.find(text);
  if (found != all.end()) return found->second;
  return all.emplace(text, Selector::css(text).value()).first->second;
}

void flatten(const json::value& value, json::array& out, int depth = 0) {
  if (depth > kDeepest) return;
  if (const auto* list = value.if_array()) {
    for (const auto& entry : *list) flatten(entry, out, depth + 1);
  } else if (const auto* object = value.if_object()) {
    if (const auto* graph = object->if_contains("@graph")) flatten(*graph, out, depth + 1);
    if (object->contains("@type")) out.push_back(*object);
  }
}

json::array json_ld(const Element& root) {
  json::array found;
  for (const auto& script : root.select(css("script[type=\"application/ld+json\" i]")))
    if (const auto value = parse_lenient_json(script.text())) flatten(*value, found);
  return found;
}

/// The value of a property by its element (https://html.spec.whatwg.org/#values).
std::string property_text(const Element& element) {
  const auto name = element.name();
  if (name == "meta") return attribute_of(element, "content");
  for (const auto* attribute : {"content", "href", "src", "data", "datetime"})
    if (auto value = element.attribute(attribute)) return std::move(*value);
  return element.text();
}

void add_value(json::object& item, std::string_view names, const json::value& value) {
  for (const auto name : split(names, ' ')) {
    if (name.empty()) continue;
    auto* before = item.if_contains(name);
    if (before == nullptr)
      item.emplace(name, value);
    else if (auto* list = before->if_array())
      list->push_back(value);
    else
      *before = json::array{std::move(*before), value};
  }
}

json::object item_of(const Element& scope, int depth);

void read_properties(const Element& element, json::object& item, int depth) {
  for (const auto& child : element.children()) {
    const auto property = child.attribute("itemprop");
    const bool is_item = child.attribute("itemscope").has_value();
    if (property && is_item && depth < kDeepest)
      add_value(item, *property, item_of(child, depth + 1));
    else if (property && !is_item)
      add_value(item, *property, json::value(property_text(child)));
    if (!is_item) read_properties(child, item, depth);
  }
}

/// "https://schema.org/Movie" → "Movie".
std::string type_name(std::string_view type) {
  const auto slash = type.find_last_of("/#");
  return std::string(slash == std::string_view::npos ? type : type.substr(slash + 1));
}

json::object item_of(const Element& scope, int depth) {
  json::object item;
  put(item, "@type", type_name(attribute_of(scope, "itemtype")));
  read_properties(scope, item, depth);
  return item;
}

json::array microdata(const Element& root) {
  json::array found;
  for (const auto& scope : root.select(css("[itemscope]:not([itemprop])")))
    found.push_back(item_of(scope, 0));
  return found;
}

void read_meta(const Element& root, json::object& data) {
  json::object open_graph;
  json::object meta;
  for (const auto& element : root.select(css("meta"))) {
    const auto content = element.attribute("content");
    if (!content) continue;
    const auto property = attribute_of(element, "property");
    const auto name = property.empty() ? attribute_of(element, "name") : property;
    if (name.find(':') != std::string::npos)
      add_value(open_graph, name, json::value(*content));
    else if (!name.empty())
      put(meta, to_lower_ascii(name), *content);
  }
  data.emplace("opengraph", std::move(open_graph));
  data.emplace("meta", std::move(meta));
}

}  // namespace

json::object structured_data(const Document& page) {
  const auto root = page.root();
  json::object data;
  data.emplace("jsonld", json_ld(root));
  data.emplace("microdata", microdata(root));
  read_meta(root, data);
  for (const auto& title : root.select(css("title"))) put(data, "title", title.text());
  for (const auto& link : root.select(css("link[rel~=canonical]")))
    put(data, "canonical", attribute_of(link, "href"));
  return data;
}

}  // namespace filmoteka::markup
