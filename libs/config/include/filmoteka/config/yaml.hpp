/// YAML text as a plain tree with line numbers, for files that people write. Strict: what is ambiguous or
/// dangerous is refused with its line.
///
/// Types: a plain (unquoted) scalar is null ("", ~, null), a boolean (true, false), an integer (-?[0-9]+
/// without leading zeros, 64 bits) or a number (-?[0-9]+.[0-9]+ with an optional exponent); everything else,
/// and all that is quoted, is text. So `no`, `on`, `010`, `1e3`, `12:30` and `2024-01-01` are text. Refused:
/// anchors and aliases (no "billion laughs"), tags, merge keys, duplicate keys, keys that are not text, more
/// than one document, more than kMaxYamlBytes, nesting deeper than kMaxYamlDepth.
#pragma once

#include <filmoteka/base/result.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::config {

inline constexpr std::size_t kMaxYamlBytes = 1024 * 1024;
inline constexpr std::size_t kMaxYamlDepth = 32;

/// A value with the line it stands on. Objects and lists have children, everything else has `scalar`.
struct YamlNode {
  enum class Kind { kScalar, kList, kObject };
  Kind kind = Kind::kScalar;
  boost::json::value scalar;
  std::vector<YamlNode> items;                            ///< of a list
  std::vector<std::pair<std::string, YamlNode>> members;  ///< of an object, in the file's order
  int line = 0;                                           ///< from 1

  bool is_null() const { return kind == Kind::kScalar && scalar.is_null(); }
  bool is_object() const { return kind == Kind::kObject; }
  bool is_list() const { return kind == Kind::kList; }
  /// The member of that name; null if there is none or this is no object.
  const YamlNode* find(std::string_view key) const;
  /// Without the lines.
  boost::json::value to_json() const;
};

/// kInvalidArgument with "<origin>, line N: …".
Result<YamlNode> parse_yaml(std::string_view text, std::string_view origin);

}  // namespace filmoteka::config
