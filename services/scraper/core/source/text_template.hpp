/// "https://en.wikipedia.org/wiki/{href}": text with places for the fields of a record. `{{` is a brace.
#pragma once

#include <boost/json/object.hpp>
#include <scraper/core/source/path.hpp>
#include <scraper/core/source/record.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::scraper {

/// How the values are written into the text.
enum class Escaping {
  kAuto,  ///< kUrl where the text begins with http:// or https://, otherwise kNone
  kNone,
  kUrl,   ///< percent-encoded unless they are so already, strictly after a `?`; a value at the very front
          ///< stays
  kForm,  ///< percent-encoded strictly: application/x-www-form-urlencoded
  kJson,  ///< for the inside of a JSON string
};

/// Of values in a body of that content type.
Escaping escaping_of(std::string_view content_type);

class TextTemplate {
 public:
  /// nullopt for an unclosed brace or a bad path inside braces.
  static std::optional<TextTemplate> parse(std::string_view text, Escaping escaping = Escaping::kAuto);

  /// nullopt if a field it names is empty or is no text or number.
  std::optional<std::string> fill(const Record& record) const;

  /// The paths in braces.
  std::vector<const Path*> paths() const;
  bool names(std::string_view path) const;

 private:
  std::vector<std::variant<std::string, Path>> parts_;
  Escaping escaping_ = Escaping::kNone;
};

/// What may not stand in the path of a URL as %XX (UTF-8); what already is %XX stays. With `strict` only
/// letters, digits and -._~ stay: for values in a query.
std::string percent_encode(std::string_view text, bool strict);

}  // namespace filmoteka::scraper
