/// The fields of a film, each with the expression that gives its value (expression.hpp). Compiled once,
/// applied to each record. Pure, const and thread-safe after compilation.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/config/yaml.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <scraper/core/source/compilation.hpp>
#include <scraper/core/source/expression.hpp>
#include <scraper/core/source/record.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// A film as a source says it, under our field names (those of domain::MovieFacts), values as loosely typed
/// as they came: "aliases" is a list of texts, "ids" an object of kinds: {"imdb": "tt0069293"}. Absent fields
/// are left out.
using RawFilm = boost::json::object;

/// The names that a mapping may give values to.
std::span<const std::string_view> film_fields();
/// The kinds of `ids` that the catalogue knows.
std::span<const std::string_view> id_kinds();

class Mapping {
 public:
  /// `fields` is the YAML of a mapping (an object: field → expression) that stands at `place` (its key path).
  /// `ids` may be an object of kinds, each with its own expression.
  static Mapping compile(const config::YamlNode& fields, const std::string& place, Compilation& compilation);

  RawFilm apply(const Record& record) const;
  /// The same with what each step gave, for previews.
  RawFilm apply(const Record& record, std::vector<FieldTrace>& trace) const;
  bool has(std::string_view field) const;

 private:
  struct Field {
    std::string_view name;  ///< of film_fields()
    std::string_view kind;  ///< of id_kinds(), for a part of "ids"; otherwise empty
    std::shared_ptr<const Expression> expression;
  };
  void read_ids(const config::YamlNode& node, const std::string& place, Compilation& compilation);
  static void put(const Field& field, boost::json::value value, RawFilm& film);

  std::vector<Field> fields_;
};

}  // namespace filmoteka::scraper
