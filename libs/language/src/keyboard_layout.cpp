#include "script.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/language/keyboard_layout.hpp>

#include <algorithm>

namespace filmoteka::language {
namespace {

/// The same keys in the same order, without and with shift; those that give the same in both layouts are left
/// out.
constexpr std::u32string_view kQwerty =
    U"`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?@#$^&|";
constexpr std::u32string_view kRussian =
    U"ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,\"№;:?/";
static_assert(kQwerty.size() == kRussian.size());

char32_t same_key(char32_t c, std::u32string_view from, std::u32string_view to) {
  const std::size_t key = from.find(c);
  return key == std::u32string_view::npos ? c : to[key];
}

}  // namespace

std::optional<std::string> in_other_layout(std::string_view raw_query) {
  const Script script = script_of(raw_query);
  if (script != Script::kLatin && script != Script::kCyrillic) return std::nullopt;
  const bool to_russian = script == Script::kLatin;
  std::string result;
  result.reserve(raw_query.size() * 2);
  for (std::string_view rest = raw_query; !rest.empty();) {
    const char32_t c = take_code_point(rest);
    append_utf8(result, to_russian ? same_key(c, kQwerty, kRussian) : same_key(c, kRussian, kQwerty));
  }
  if (result == raw_query) return std::nullopt;
  return result;
}

}  // namespace filmoteka::language
