/// "This field is so": conditions of a definition, for skipping items, asking for details, knowing a block
/// page.
#pragma once

#include <filmoteka/config/yaml.hpp>

#include <scraper/core/source/compilation.hpp>
#include <scraper/core/source/record.hpp>

#include <functional>
#include <string>
#include <vector>

namespace filmoteka::scraper {

class KeyReader;

/// Immutable, thread-safe. In YAML an expression (any origin and filters) with at least one of these tests,
/// which all must be passed
///   is: VALUE | [VALUES]   equal, as text          not: VALUE | [VALUES]
///   matches: REGEXP (RE2, anywhere in the text)    exists: true | false
///   below: NUMBER, above: NUMBER                   a time like 40m counts as its seconds
/// or one of `all: [CONDITION…]` and `any: [CONDITION…]`. A value that is not there passes only `exists:
/// false` and `not`. Of a list one value that passes is enough; `not` wants all to pass. `$field.NAME` is the
/// field of the film as mapped so far.
class Condition {
 public:
  static Condition compile(const config::YamlNode& node, const std::string& place, Compilation& compilation);
  /// The same for the keys of an object that has others too; those are left to the caller.
  static Condition compile(KeyReader& reader, Compilation& compilation);

  bool holds(const Record& record) const { return test_(record); }

 private:
  std::function<bool(const Record&)> test_;
};

/// `reason: trailer` with a condition: what it rejects is counted and shown under this code.
struct SkipRule {
  std::string reason;
  Condition condition;
};

/// A list of conditions; a fault if it is none.
std::vector<Condition> read_conditions(const config::YamlNode& node, const std::string& place,
                                       Compilation& compilation);
std::vector<SkipRule> read_skip_rules(const config::YamlNode& node, const std::string& place,
                                      Compilation& compilation);

}  // namespace filmoteka::scraper
