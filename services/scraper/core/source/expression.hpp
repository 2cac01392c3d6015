/// One compiled expression of a definition: where a value comes from, and the filters it goes through. The
/// vocabulary is described in docs/sources.md.
///
/// In YAML a plain text (a path; in HTML a CSS selector), a list of expressions (the first that is not
/// empty), or an object with exactly one origin
///   from: PATH            the value there
///   css: SELECTOR, xpath: XPATH    of an HTML page: the text of the first element found; with `attribute:
///   NAME`
///                         that attribute, with `html: true` its markup, with `all: true` a list of all
///   first: [EXPRESSION…]  the first that is not empty
///   template: TEXT        "https://example.org/{href}": absent if a field it names is empty
///   constant: VALUE       the same for each record
/// and `filters`, see filter.hpp.
#pragma once

#include <filmoteka/config/yaml.hpp>

#include <boost/json/value.hpp>
#include <scraper/core/source/compilation.hpp>
#include <scraper/core/source/filter.hpp>
#include <scraper/core/source/origin.hpp>
#include <scraper/core/source/record.hpp>

#include <memory>
#include <string>
#include <vector>

namespace filmoteka::scraper {

class KeyReader;

/// What a value was after one step: "css .year", "regexp", "number".
struct TraceStep {
  std::string name;
  boost::json::value value;
};

/// How a field came about, step by step: the value at its origin, then after each filter.
struct FieldTrace {
  std::string field;
  std::vector<TraceStep> steps;
};

/// Immutable after compile(), thread-safe.
class Expression {
 public:
  /// Faults are added to the compilation's; then the result must not be used.
  static std::shared_ptr<const Expression> compile(const config::YamlNode& node, const std::string& place,
                                                   Compilation& compilation);
  /// The same for the keys of an object that has others too; those are left to the caller.
  static std::shared_ptr<const Expression> compile(KeyReader& reader, Compilation& compilation);

  /// Null if the record has nothing there.
  boost::json::value evaluate(const Record& record) const;
  boost::json::value evaluate(const Record& record, std::vector<TraceStep>& trace) const;

 private:
  boost::json::value run(const Record& record, std::vector<TraceStep>* trace) const;

  Origin origin_;
  std::vector<Filter> filters_;
};

}  // namespace filmoteka::scraper
