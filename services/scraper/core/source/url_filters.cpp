#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/fetch/url.hpp>

#include <scraper/core/source/filter_kit.hpp>
#include <scraper/core/source/text_template.hpp>

namespace filmoteka::scraper::filters {
namespace {

namespace json = boost::json;

std::optional<char> hex_byte(std::string_view digits) {
  unsigned value = 0;
  if (digits.size() != 2) return std::nullopt;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + 2, value, 16);
  if (error != std::errc{} || end != digits.data() + 2) return std::nullopt;
  return static_cast<char>(value);
}

/// %XX and + undone; what is no escape stays, what is no UTF-8 then becomes U+FFFD.
std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' ? hex_byte(text.substr(i + 1, 2)) : std::nullopt;
    if (byte) {
      result += *byte;
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return replace_invalid_utf8(result);
}

/// The value of the first parameter `name` in the query of an address.
json::value parameter_of(std::string_view url, std::string_view name) {
  url = url.substr(0, url.find('#'));
  const std::size_t mark = url.find('?');
  if (mark == std::string_view::npos) return nullptr;
  for (const std::string_view pair : split(url.substr(mark + 1), '&')) {
    const std::size_t equals = pair.find('=');
    if (decoded(pair.substr(0, equals)) != name) continue;
    return equals == std::string_view::npos ? json::value("")
                                            : json::value(json::string(decoded(pair.substr(equals + 1))));
  }
  return nullptr;
}

/// The answer's own address; null without one.
const json::string* page_url(const Record& record) {
  const json::value* url = record.context == nullptr ? nullptr : record.context->if_contains("url");
  return url == nullptr ? nullptr : url->if_string();
}

json::value resolved(std::string_view reference, const Record& record) {
  const json::string* page = page_url(record);
  const auto base = fetch::parse_web_url(page == nullptr ? reference : std::string_view(*page));
  if (base.has_error()) return nullptr;
  const auto absolute = fetch::resolve_web_url(*base, trim(reference));
  return absolute.has_error() ? json::value() : json::value(json::string(absolute->text));
}

}  // namespace

FilterStep make_querystring(Argument& argument) {
  const auto name = argument.text();
  if (!name) return {};
  return on_text([name = *name](const std::string& text, const Record&) { return parameter_of(text, name); });
}

FilterStep make_urlencode(Argument&) {
  return on_text([](const std::string& text, const Record&) {
    return json::value(json::string(percent_encode(text, true)));
  });
}

FilterStep make_urldecode(Argument&) {
  return on_text(
      [](const std::string& text, const Record&) { return json::value(json::string(decoded(text))); });
}

FilterStep make_resolve_url(Argument&) {
  return on_text([](const std::string& text, const Record& record) { return resolved(text, record); });
}

}  // namespace filmoteka::scraper::filters
