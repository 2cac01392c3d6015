#include "entities.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace filmoteka::domain {
namespace {

constexpr std::size_t kMaxEntityLength = 12;

using Entity = std::pair<std::string_view, char32_t>;

/// What is met in Russian and English descriptions, sorted by name (HTML's names are case-sensitive).
constexpr auto kEntities = std::to_array<Entity>({
    {"Aacute", 0xC1},   {"Agrave", 0xC0},  {"Auml", 0xC4},    {"Ccedil", 0xC7},  {"Eacute", 0xC9},
    {"Egrave", 0xC8},   {"Ntilde", 0xD1},  {"Oacute", 0xD3},  {"Ouml", 0xD6},    {"Uuml", 0xDC},
    {"aacute", 0xE1},   {"acirc", 0xE2},   {"aelig", 0xE6},   {"agrave", 0xE0},  {"amp", '&'},
    {"apos", '\''},     {"aring", 0xE5},   {"atilde", 0xE3},  {"auml", 0xE4},    {"bdquo", 0x201E},
    {"bull", 0x2022},   {"ccedil", 0xE7},  {"copy", 0xA9},    {"deg", 0xB0},     {"eacute", 0xE9},
    {"ecirc", 0xEA},    {"egrave", 0xE8},  {"emsp", 0x2003},  {"ensp", 0x2002},  {"euml", 0xEB},
    {"euro", 0x20AC},   {"frac12", 0xBD},  {"frac14", 0xBC},  {"gt", '>'},       {"hellip", 0x2026},
    {"iacute", 0xED},   {"icirc", 0xEE},   {"iexcl", 0xA1},   {"iquest", 0xBF},  {"iuml", 0xEF},
    {"laquo", 0xAB},    {"ldquo", 0x201C}, {"lsquo", 0x2018}, {"lt", '<'},       {"mdash", 0x2014},
    {"middot", 0xB7},   {"minus", 0x2212}, {"nbsp", 0xA0},    {"ndash", 0x2013}, {"ntilde", 0xF1},
    {"numero", 0x2116}, {"oacute", 0xF3},  {"ocirc", 0xF4},   {"oslash", 0xF8},  {"otilde", 0xF5},
    {"ouml", 0xF6},     {"plusmn", 0xB1},  {"pound", 0xA3},   {"quot", '"'},     {"raquo", 0xBB},
    {"rdquo", 0x201D},  {"reg", 0xAE},     {"rsquo", 0x2019}, {"sbquo", 0x201A}, {"sect", 0xA7},
    {"shy", 0xAD},      {"sup2", 0xB2},    {"sup3", 0xB3},    {"szlig", 0xDF},   {"thinsp", 0x2009},
    {"times", 0xD7},    {"trade", 0x2122}, {"uacute", 0xFA},  {"ucirc", 0xFB},   {"uuml", 0xFC},
    {"zwj", 0x200D},    {"zwnj", 0x200C},
});
static_assert(std::is_sorted(kEntities.begin(), kEntities.end()));

/// HTML reads &#128; … &#159; as Windows-1252; these are the ones in use.
char32_t as_windows_1252(std::uint32_t code) {
  constexpr auto kMeant = std::to_array<std::pair<std::uint32_t, char32_t>>({{0x80, 0x20AC},
                                                                             {0x85, 0x2026},
                                                                             {0x91, 0x2018},
                                                                             {0x92, 0x2019},
                                                                             {0x93, 0x201C},
                                                                             {0x94, 0x201D},
                                                                             {0x95, 0x2022},
                                                                             {0x96, 0x2013},
                                                                             {0x97, 0x2014},
                                                                             {0x99, 0x2122}});
  const auto* found =
      std::find_if(kMeant.begin(), kMeant.end(), [&](const auto& row) { return row.first == code; });
  return found == kMeant.end() ? U' ' : found->second;
}

std::optional<char32_t> numeric(std::string_view body) {
  const bool is_hex = body.starts_with('x') || body.starts_with('X');
  if (is_hex) body.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), code, is_hex ? 16 : 10);
  if (body.empty() || error != std::errc{} || end != body.data() + body.size()) return std::nullopt;
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return U'\uFFFD';
  if (code >= 0x80 && code <= 0x9F) return as_windows_1252(code);
  return static_cast<char32_t>(code);
}

std::optional<char32_t> named(std::string_view name) {
  const auto* found =
      std::lower_bound(kEntities.begin(), kEntities.end(), name,
                       [](const Entity& entity, std::string_view key) { return entity.first < key; });
  if (found == kEntities.end() || found->first != name) return std::nullopt;
  return found->second;
}

}  // namespace

std::string take_entity(std::string_view& text) {
  const std::size_t semicolon = text.substr(0, kMaxEntityLength).find(';');
  if (semicolon == std::string_view::npos || semicolon < 2) return {};
  const std::string_view body = text.substr(1, semicolon - 1);
  const auto character = body.front() == '#' ? numeric(body.substr(1)) : named(body);
  if (!character) return {};
  text.remove_prefix(semicolon + 1);
  std::string decoded;
  append_utf8(decoded, *character);
  return decoded;
}

}  // namespace filmoteka::domain
