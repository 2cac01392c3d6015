#include "lenient_json.hpp"

#include <filmoteka/base/strings.hpp>

#include <boost/json/parse.hpp>

#include <array>
#include <string>

namespace filmoteka::markup {

namespace {

namespace json = boost::json;

std::string_view without_wrapping(std::string_view text) {
  constexpr std::array<std::string_view, 5> kBefore = {"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[",
                                                       "//"};
  constexpr std::array<std::string_view, 6> kAfter = {"-->", "//]]>", "/*]]>*/", "]]>", "//", ";"};
  for (bool again = true; again;) {
    again = false;
    text = trim(text);
    for (const auto before : kBefore)
      if (text.starts_with(before)) {
        text.remove_prefix(before.size());
        again = true;
      }
    for (const auto after : kAfter)
      if (text.ends_with(after)) {
        text.remove_suffix(after.size());
        again = true;
      }
  }
  return text;
}

/// Control characters inside of texts are not allowed in JSON, and yet written.
std::string with_escaped_controls(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  out.reserve(text.size());
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text && c == '\\' && i + 1 < text.size()) {
      out += c;
      out += text[++i];
      continue;
    }
    if (c == '"') in_text = !in_text;
    const auto byte = static_cast<unsigned char>(c);
    if (in_text && byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::optional<json::value> parse_lenient_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  options.allow_comments = true;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = false;
  json::error_code error;
  auto value = json::parse(with_escaped_controls(without_wrapping(text)), error, {}, options);
  if (error) return std::nullopt;
  return value;
}

}  // namespace filmoteka::markup
