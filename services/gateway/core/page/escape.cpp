#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>

#include <gateway/core/page/escape.hpp>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// What stands for a byte; empty: it stands for itself.
std::string_view html_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\t':
    case '\n':
    case '\r':
      return {};
    default:
      return static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? kReplacement : std::string_view{};
  }
}

std::string_view json_of(std::string_view rest) {
  switch (rest.front()) {
    case '&':
      return "\\u0026";
    case '<':
      return "\\u003c";
    case '>':
      return "\\u003e";
    default:
      if (rest.starts_with("\xE2\x80\xA8")) return "\\u2028";
      return rest.starts_with("\xE2\x80\xA9") ? "\\u2029" : "";
  }
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return std::string(trim(line));
}

}  // namespace

std::string escape_html(std::string_view text) {
  if (!is_valid_utf8(text)) return escape_html(replace_invalid_utf8(text));
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const std::string_view escaped = html_of(c);
    escaped.empty() ? void(out += c) : void(out += escaped);
  }
  return out;
}

std::string escape_json(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 8);
  while (!json.empty()) {
    const std::string_view escaped = json_of(json);
    const bool is_line_end = escaped.starts_with("\\u202");
    escaped.empty() ? void(out += json.front()) : void(out += escaped);
    json.remove_prefix(is_line_end ? 3 : 1);
  }
  return out;
}

std::string short_text(std::string_view text, std::size_t most) {
  std::string line = on_one_line(text);
  if (utf8_length(line) <= most) return line;
  std::string_view kept = utf8_prefix(line, most - 1);
  const std::size_t word = kept.rfind(' ');
  // A single word of that length is cut anywhere.
  if (word != std::string_view::npos && line[kept.size()] != ' ') kept = kept.substr(0, word);
  const std::size_t end = kept.find_last_not_of(" ,.;:-");
  kept = kept.substr(0, end == std::string_view::npos ? kept.size() : end + 1);
  return std::string(kept) + "…";
}

}  // namespace filmoteka::gateway
