#include "html_entities.hpp"

#include "tree.hpp"

#include <filmoteka/base/utf8.hpp>

namespace filmoteka::markup {

namespace {

constexpr std::size_t kLongestName = 10;

bool is_xml_name(std::string_view name) {
  return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
}

}  // namespace

std::string with_html_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const auto mark = text.find('&');
    out += text.substr(0, mark);
    if (mark == std::string_view::npos) return out;
    text.remove_prefix(mark);
    const auto end = text.substr(0, kLongestName + 2).find(';');
    const auto name = end == std::string_view::npos ? std::string() : std::string(text.substr(1, end - 1));
    const auto* known = name.empty() || is_xml_name(name) ? nullptr : htmlEntityLookup(to_xml(name.c_str()));
    if (known != nullptr)
      append_utf8(out, static_cast<char32_t>(known->value));
    else
      out += '&';
    text.remove_prefix(known != nullptr ? end + 1 : 1);
  }
}

}  // namespace filmoteka::markup
