/// "https://en.wikipedia.org/wiki/{href}": text with places for the fields of a record. `{{` is a brace.
#pragma once

#include <boost/json/object.hpp>
#include <scraper/core/source/path.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::scraper {

class TextTemplate {
 public:
  /// nullopt for an unclosed brace or a bad path inside braces.
  static std::optional<TextTemplate> parse(std::string_view text);

  /// nullopt if a field it names is empty or is no text or number.
  std::optional<std::string> fill(const boost::json::object& record) const;

 private:
  std::vector<std::variant<std::string, Path>> parts_;
  bool is_url_ = false;
};

/// What may not stand in the path of a URL as %XX (UTF-8); what already is %XX stays. With `strict` only
/// letters, digits and -._~ stay: for values in a query.
std::string percent_encode(std::string_view text, bool strict);

}  // namespace filmoteka::scraper
