#include <filmoteka/base/nearest_name.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/http/query.hpp>

#include <gateway/core/request/parameters.hpp>

#include <algorithm>
#include <vector>

namespace filmoteka::gateway {
namespace {

/// Of a name that is repeated to its sender.
constexpr std::size_t kLongestName = 40;

FieldError unknown_parameter(const std::string& name, std::span<const std::string_view> allowed) {
  std::string detail = "There is no such parameter here." + did_you_mean(name, allowed);
  if (allowed.empty()) detail += " This address takes none.";
  return {std::string(utf8_prefix(name, kLongestName)), "", std::move(detail)};
}

}  // namespace

Result<std::string> normal_query(std::string_view query, std::span<const std::string_view> allowed) {
  if (query.empty()) return std::string{};
  FILMOTEKA_TRY(const auto parameters, http::parse_query(query));
  std::vector<FieldError> unknown;
  for (const auto& [name, value] : parameters) {
    if (std::ranges::find(allowed, name) == allowed.end())
      unknown.push_back(unknown_parameter(name, allowed));
  }
  if (!unknown.empty()) return invalid_argument("Unknown query parameter.", std::move(unknown));

  std::string normal;
  for (const std::string_view name : allowed) {
    for (const auto& [given, value] : parameters) {
      if (given != name) continue;
      if (!normal.empty()) normal += '&';
      normal.append(name).append(1, '=').append(http::encode_component(value));
    }
  }
  return normal;
}

}  // namespace filmoteka::gateway
