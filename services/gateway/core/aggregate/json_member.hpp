/// Pieces of JSON texts, to be put together anew without being read. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// The value of a member of the object that `json` is, as it is written. nullopt: it has none of that name,
/// or is no object. `name` as it stands between the quotes, without escapes. What is no JSON gives nullopt or
/// some piece of it, never more.
std::optional<std::string_view> json_member(std::string_view json, std::string_view name);

/// The elements of an array, as they are written; empty for anything else.
std::vector<std::string_view> json_elements(std::string_view json);

/// `{"id":1}` with `,"name":value` before its end; the object alone if it is none.
std::string with_member(std::string_view object, std::string_view name, std::string_view value);

}  // namespace filmoteka::gateway
