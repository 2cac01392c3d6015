#include <filmoteka/base/strings.hpp>

#include <gateway/core/http_caching/ranges.hpp>
#include <gateway/core/http_caching/validators.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

/// If-Range names a strong tag, or the exact Last-Modified; anything else means "the whole".
bool still_the_same(std::string_view if_range, const Fields& stored) {
  if (const auto tag = parse_entity_tag(if_range)) {
    const auto own = parse_entity_tag(stored.first("ETag").value_or(""));
    return own && !own->weak && *own == *tag;
  }
  return stored.first("Last-Modified") == if_range;
}

BodyRange parse_range(std::string_view range, std::size_t bytes) {
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return WholeBody{};
  const auto first = parse_number<std::size_t>(range.substr(0, dash));
  const auto last = parse_number<std::size_t>(range.substr(dash + 1));
  const bool has_first = dash > 0;
  const bool has_last = dash + 1 < range.size();
  if (has_first != first.has_value() || has_last != last.has_value() || (!has_first && !has_last)) {
    return WholeBody{};
  }
  if (!has_first) {
    if (*last == 0 || bytes == 0) return Unsatisfiable{};
    return BodyPart{bytes - std::min(*last, bytes), bytes - 1};
  }
  if (has_last && *last < *first) return WholeBody{};
  if (*first >= bytes) return Unsatisfiable{};
  return BodyPart{*first, std::min(last.value_or(bytes - 1), bytes - 1)};
}

}  // namespace

BodyRange select_range(const Fields& request, const Fields& stored, std::size_t bytes) {
  const auto range = request.combined("Range");
  if (!range) return WholeBody{};
  if (const auto condition = request.first("If-Range"); condition && !still_the_same(*condition, stored)) {
    return WholeBody{};
  }
  const std::size_t equals = range->find('=');
  if (equals == std::string::npos || !equals_ignore_case_ascii(trim(range->substr(0, equals)), "bytes")) {
    return WholeBody{};
  }
  const std::string list = range->substr(equals + 1);
  const auto ranges = list_elements(list);
  return ranges.size() == 1 ? parse_range(ranges.front(), bytes) : BodyRange(WholeBody{});
}

}  // namespace filmoteka::gateway
