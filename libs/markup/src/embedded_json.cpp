#include "lenient_json.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/markup/embedded_json.hpp>

#include <cctype>
#include <string>

namespace filmoteka::markup {

namespace {

/// \x3d → \u003d
std::string as_json(std::string_view script) {
  std::string out;
  out.reserve(script.size());
  for (std::size_t i = 0; i < script.size(); ++i) {
    if (script[i] != '\\' || i + 1 == script.size()) {
      out += script[i];
      continue;
    }
    out += '\\';
    ++i;
    if (script[i] == 'x')
      out += "u00";
    else
      out += script[i];
  }
  return out;
}

/// The object or list at the beginning of `script`, up to the bracket that ends it.
std::string_view balanced(std::string_view script) {
  std::size_t depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < script.size(); ++i) {
    const char c = script[i];
    if (quote != 0) {
      if (c == '\\') ++i;
      if (c == quote) quote = 0;
      continue;
    }
    if (c == '"') quote = c;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return script.substr(0, i + 1);
  }
  return {};
}

bool is_of_a_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

std::string_view assigned(std::string_view script, std::string_view name) {
  for (auto place = script.find(name); place != std::string_view::npos;
       place = script.find(name, place + 1)) {
    if (place > 0 && is_of_a_name(script[place - 1])) continue;
    auto rest = trim(script.substr(place + name.size()));
    if (!rest.starts_with('=') || rest.starts_with("==")) continue;
    rest = trim(rest.substr(1));
    if (rest.starts_with('{') || rest.starts_with('[')) return balanced(rest);
  }
  return {};
}

}  // namespace

std::optional<boost::json::value> embedded_json(const Document& page, std::string_view name) {
  const auto scripts = Selector::css("script");
  if (scripts.has_error() || name.empty()) return std::nullopt;
  for (const auto& script : page.root().select(*scripts)) {
    const auto text = script.values(*Selector::xpath("string(.)")).front();
    if (script.attribute("id") == name) return parse_lenient_json(text);
    if (const auto value = assigned(text, name); !value.empty()) return parse_lenient_json(as_json(value));
  }
  return std::nullopt;
}

}  // namespace filmoteka::markup
