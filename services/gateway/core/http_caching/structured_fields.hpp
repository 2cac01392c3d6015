/// Structured fields (RFC 9651), as far as caching needs them: dictionaries and lists of items.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace filmoteka::gateway::structured {

struct Token {
  std::string text;
};
/// Decimals, byte sequences, dates and inner lists: well-formed, and of no use here.
struct Other {};
using Value = std::variant<bool, std::int64_t, std::string, Token, Other>;
using List = std::vector<Value>;
/// Keys in the order of their first appearance, with their last values.
using Dictionary = std::vector<std::pair<std::string, Value>>;

/// nullopt if the field as a whole is malformed: then it is to be ignored. Parameters are checked and
/// dropped.
std::optional<List> parse_list(std::string_view text);
std::optional<Dictionary> parse_dictionary(std::string_view text);

}  // namespace filmoteka::gateway::structured
