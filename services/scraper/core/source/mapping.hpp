/// The field mapping of a file source: where each field of a film comes from, in a small vocabulary without
/// code. Compiled once, applied to each record. Pure, const and thread-safe after compilation.
///
/// An expression is a path ("title", "object.genres[0].name"; a list of paths or expressions means: the first
/// that is not empty), or an object with exactly one origin
///   from: PATH            the value there
///   first: [EXPRESSION…]  the first that is not empty
///   template: TEXT        "https://example.org/{href}": absent if a field it names is empty; values are
///                         percent-encoded where the text begins with http:// or https://, unless they are so
///   constant: VALUE       the same for each record
/// and any of these steps, taken in this order
///   each: PATH            of each element of a list: [{"name":"драма"}] → ["драма"]
///   split: TEXT           text → list, parts trimmed, empty ones left out
///   join: TEXT            list → text
///   repair: macroman      text of Windows-1252 bytes that somebody read as Mac Roman: "CachÈ" → "Caché"
///   map: {FROM: TO, …}    a value that is not listed becomes absent; compared as text
///   multiply: NUMBER      3.5 of 5 → 7.0
///   unit: hours | minutes | seconds | milliseconds    a number → seconds
///   latest_year: YEAR     a later year is taken for one a century too late (dates with two-digit years)
///   default: VALUE        where nothing else was found
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/config/yaml.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// A film as a source says it, under our field names (those of domain::MovieFacts), values as loosely typed
/// as they came. Absent fields are left out.
using RawFilm = boost::json::object;

/// The names that a mapping may give values to.
std::span<const std::string_view> film_fields();

class Expression;

class Mapping {
 public:
  /// `fields` is the YAML of a mapping (an object: field → expression) that stands at `place` (its key path).
  /// Faults are added to `faults`.
  static Mapping compile(const config::YamlNode& fields, const std::string& place,
                         std::vector<FieldError>& faults);

  Mapping();
  ~Mapping();
  Mapping(Mapping&&) noexcept;
  Mapping& operator=(Mapping&&) noexcept;
  Mapping(const Mapping&);
  Mapping& operator=(const Mapping&);

  RawFilm apply(const boost::json::object& record) const;

 private:
  struct Field {
    std::string_view name;  ///< of film_fields()
    std::shared_ptr<const Expression> expression;
  };
  std::vector<Field> fields_;
};

}  // namespace filmoteka::scraper
