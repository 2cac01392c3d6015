#include <filmoteka/base/strings.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/text_template.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::scraper {
namespace {

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

bool is_escape(std::string_view text) {
  return text.size() >= 3 && text[0] == '%' && is_hex(text[1]) && is_hex(text[2]);
}

/// Without the quotes around it.
std::string json_escaped(std::string_view text) {
  const std::string quoted = boost::json::serialize(boost::json::value(boost::json::string(text)));
  return quoted.substr(1, quoted.size() - 2);
}

std::string escaped(std::string_view value, Escaping escaping, bool in_query) {
  switch (escaping) {
    case Escaping::kUrl:
      return percent_encode(value, in_query);
    case Escaping::kForm:
      return percent_encode(value, true);
    case Escaping::kJson:
      return json_escaped(value);
    case Escaping::kAuto:
    case Escaping::kNone:
      break;
  }
  return std::string(value);
}

}  // namespace

std::string percent_encode(std::string_view text, bool strict) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPathSigns = "/:@!$&'()*+,;=#";
  std::string encoded;
  encoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool stays =
        is_unreserved(c) ||
        (!strict && (kPathSigns.find(c) != std::string_view::npos || is_escape(text.substr(i))));
    if (stays) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHex[byte >> 4U];
      encoded += kHex[byte & 0xFU];
    }
  }
  return encoded;
}

Escaping escaping_of(std::string_view content_type) {
  if (content_type.find("json") != std::string_view::npos) return Escaping::kJson;
  return content_type.starts_with("application/x-www-form-urlencoded") ? Escaping::kForm : Escaping::kNone;
}

std::optional<TextTemplate> TextTemplate::parse(std::string_view text, Escaping escaping) {
  TextTemplate result;
  const bool is_url = text.starts_with("http://") || text.starts_with("https://");
  result.escaping_ = escaping != Escaping::kAuto ? escaping : is_url ? Escaping::kUrl : Escaping::kNone;
  std::string literal;
  while (!text.empty()) {
    if (text.starts_with("{{") || text.starts_with("}}")) {
      literal += text.front();
      text.remove_prefix(2);
    } else if (text.front() == '{') {
      const std::size_t close = text.find('}');
      if (close == std::string_view::npos) return std::nullopt;
      auto path = Path::parse(text.substr(1, close - 1));
      if (!path) return std::nullopt;
      if (!literal.empty()) result.parts_.emplace_back(std::exchange(literal, {}));
      result.parts_.emplace_back(std::move(*path));
      text.remove_prefix(close + 1);
    } else {
      literal += text.front();
      text.remove_prefix(1);
    }
  }
  if (!literal.empty()) result.parts_.emplace_back(std::move(literal));
  return result;
}

std::optional<std::string> TextTemplate::fill(const Record& record) const {
  std::string filled;
  for (const auto& part : parts_) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      filled += *literal;
      continue;
    }
    const boost::json::value* value = std::get<Path>(part).find(record);
    if (value == nullptr || is_empty(*value)) return std::nullopt;
    const auto text = scalar_text(*value);
    if (!text) return std::nullopt;
    // A URL that begins with a value is that value's.
    const bool is_whole_url = escaping_ == Escaping::kUrl && filled.empty();
    filled += is_whole_url ? std::string(trim(*text))
                           : escaped(trim(*text), escaping_, filled.find('?') != std::string::npos);
  }
  return filled;
}

std::vector<const Path*> TextTemplate::paths() const {
  std::vector<const Path*> paths;
  for (const auto& part : parts_) {
    if (const auto* path = std::get_if<Path>(&part)) paths.push_back(path);
  }
  return paths;
}

bool TextTemplate::names(std::string_view path) const {
  const auto all = paths();
  return std::any_of(all.begin(), all.end(), [&](const Path* found) { return found->text() == path; });
}

}  // namespace filmoteka::scraper
