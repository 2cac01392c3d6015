#include <filmoteka/base/strings.hpp>

#include <gateway/core/limits/expense.hpp>

#include <algorithm>
#include <cstdint>

namespace filmoteka::gateway {
namespace {

/// No human turns so many pages; crawlers do, and have time.
constexpr std::uint64_t kDeepPage = 100;

bool is_expensive_parameter(std::string_view parameter) {
  if (parameter.starts_with("q=") || parameter.starts_with("facets=")) return true;
  constexpr std::string_view kPage = "page=";
  if (!parameter.starts_with(kPage)) return false;
  parameter.remove_prefix(kPage.size());
  return parse_number<std::uint64_t>(parameter).value_or(0) > kDeepPage;
}

}  // namespace

bool is_expensive(std::string_view target) {
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return false;
  return std::ranges::any_of(split(target.substr(question + 1), '&'), is_expensive_parameter);
}

}  // namespace filmoteka::gateway
