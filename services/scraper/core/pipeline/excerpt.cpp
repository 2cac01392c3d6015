#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>

#include <boost/json/serialize.hpp>
#include <scraper/core/pipeline/excerpt.hpp>

#include <algorithm>

namespace filmoteka::scraper {

std::string excerpt_of(std::string_view bytes, std::size_t characters) {
  bytes = trim(bytes);
  // Four bytes are the longest character; the rest of a longer record need not be looked at.
  std::string text = replace_invalid_utf8(bytes.substr(0, (characters + 1) * 4));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
      ' ');
  const std::string_view prefix = utf8_prefix(text, characters);
  if (prefix.size() == text.size()) return text;
  return std::string(prefix) + "…";
}

std::string excerpt_of(const boost::json::value& record) {
  return excerpt_of(boost::json::serialize(record));
}

}  // namespace filmoteka::scraper
