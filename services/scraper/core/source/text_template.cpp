#include <filmoteka/base/strings.hpp>

#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/text_template.hpp>

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

std::optional<TextTemplate> TextTemplate::parse(std::string_view text) {
  TextTemplate result;
  result.is_url_ = text.starts_with("http://") || text.starts_with("https://");
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

std::optional<std::string> TextTemplate::fill(const boost::json::object& record) const {
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
    const bool in_query = filled.find('?') != std::string::npos;
    filled += is_url_ ? percent_encode(trim(*text), in_query) : std::string(trim(*text));
  }
  return filled;
}

}  // namespace filmoteka::scraper
