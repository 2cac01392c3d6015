#include "reference.hpp"

#include <regex>

namespace filmoteka::fuzz {
namespace {

using Match = std::match_results<std::string_view::const_iterator>;

const std::regex kRequestLine(
    R"(^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\*|/[\x21-\x22\x24-\x7e]*) HTTP/1\.([01])$)");
const std::regex kLength("^[0-9]+$");
const std::regex kHost(R"(^(\[[0-9A-Fa-f:.]+\]|[^\[\]:/?#@\\ ]+)(:[0-9]{0,5})?$)");

bool is_token(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  for (const char c : text) {
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && kOthers.find(c) == std::string_view::npos) return false;
  }
  return !text.empty();
}

bool has_control(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0x7F || (byte < 0x20 && byte != '\t')) return true;
  }
  return false;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// The next line; nullopt if it does not end with CRLF.
std::optional<std::string_view> line_of(std::string_view& rest) {
  const std::size_t feed = rest.find('\n');
  if (feed == std::string_view::npos || feed == 0 || rest[feed - 1] != '\r') return std::nullopt;
  const std::string_view line = rest.substr(0, feed - 1);
  rest.remove_prefix(feed + 1);
  return line;
}

bool read_field(std::string_view line, ReferenceHead& head, int& hosts, int& codings, int& lengths) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) || has_control(line)) return false;
  const std::string name = lower(line.substr(0, colon));
  const std::string value(trimmed(line.substr(colon + 1)));
  head.fields.emplace_back(line.substr(0, colon), value);
  if (name == "host") return ++hosts == 1 && std::regex_match(value, kHost);
  if (name == "transfer-encoding") {
    head.chunked = true;
    return ++codings == 1 && lower(value) == "chunked";
  }
  if (name == "content-length") {
    head.length = value;
    return ++lengths == 1 && std::regex_match(value, kLength);
  }
  return true;
}

int hex_of(char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::size_t at = kDigits.find(lower(std::string_view(&c, 1)));
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::optional<ReferenceHead> read_head(std::string_view input) {
  ReferenceHead head;
  const auto first = line_of(input);
  Match match;
  if (!first || !std::regex_match(first->begin(), first->end(), match, kRequestLine)) return std::nullopt;
  head.method = match[1].str();
  head.target = match[2].str();
  if (head.target == "*" && head.method != "OPTIONS") return std::nullopt;
  const bool http_1_0 = match[3].str() == "0";
  int hosts = 0, codings = 0, lengths = 0;
  for (;;) {
    const auto line = line_of(input);
    if (!line) return std::nullopt;
    if (line->empty()) break;
    if (!read_field(*line, head, hosts, codings, lengths)) return std::nullopt;
  }
  if (!input.empty()) return std::nullopt;  // the empty line was not the last one
  if (!http_1_0 && hosts == 0) return std::nullopt;
  if (head.chunked && (lengths > 0 || http_1_0)) return std::nullopt;
  return head;
}

std::optional<ReferenceBody> read_chunks(std::string_view input) {
  ReferenceBody body;
  const std::size_t all = input.size();
  for (;;) {
    const auto line = line_of(input);
    if (!line || has_control(*line)) return std::nullopt;
    std::size_t size = 0, digits = 0;
    while (digits < line->size() && hex_of((*line)[digits]) >= 0) {
      if (size >> 40U != 0) return std::nullopt;
      size = size * 16 + static_cast<std::size_t>(hex_of((*line)[digits++]));
    }
    const std::string_view extension = trimmed(line->substr(digits));
    if (digits == 0 || (line->size() > digits && !extension.starts_with(';'))) return std::nullopt;
    if (size == 0) break;
    if (input.size() < size + 2 || input.substr(size, 2) != "\r\n") return std::nullopt;
    body.content += input.substr(0, size);
    input.remove_prefix(size + 2);
  }
  for (;;) {
    const auto line = line_of(input);
    if (!line || has_control(*line)) return std::nullopt;
    if (line->empty()) break;
    const std::size_t colon = line->find(':');
    if (colon == std::string_view::npos || !is_token(line->substr(0, colon))) return std::nullopt;
  }
  body.bytes = all - input.size();
  return body;
}

std::optional<std::string> decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size() || hex_of(text[i + 1]) < 0 || hex_of(text[i + 2]) < 0) return std::nullopt;
    out += static_cast<char>(hex_of(text[i + 1]) * 16 + hex_of(text[i + 2]));
    i += 2;
  }
  return out;
}

}  // namespace filmoteka::fuzz
