/// The single parameters of GET /movies; parse.cpp has the table of them.
#pragma once

#include <filmoteka/base/error.hpp>
#include <filmoteka/base/result.hpp>

#include <metadata/core/query/list_query.hpp>
#include <metadata/core/query/parameter_values.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::metadata {

/// One request on its way from text to ListQuery. Each function reads one value of the parameter `name`; what
/// is wrong is collected.
class Parsing {
 public:
  void fail(std::string_view name, std::string detail) {
    errors_.push_back({std::string(name), {}, std::move(detail)});
  }
  template <class Number>
  void whole(std::string_view name, std::string_view value, std::int64_t min, std::int64_t max,
             std::optional<Number>& to) {
    if (const auto number = parse_whole(value, min, max)) {
      to = static_cast<Number>(*number);
    } else {
      fail(name, "Must be a whole number from " + std::to_string(min) + " to " + std::to_string(max) + ".");
    }
  }
  void rating(std::string_view name, std::string_view value, bool is_lower);
  void time(std::string_view name, std::string_view value, bool is_lower);
  void flag(std::string_view name, std::string_view value, std::optional<bool>& to);
  void genre(std::string_view name, std::string_view value, std::vector<std::string>& to);
  void q(std::string_view name, std::string_view value);
  void source(std::string_view name, std::string_view value);
  void age(std::string_view name, std::string_view value);
  void sort(std::string_view name, std::string_view value);
  void per_page(std::string_view name, std::string_view value);
  void fields(std::string_view name, std::string_view value);
  void count(std::string_view name, std::string_view value);
  void facets(std::string_view name, std::string_view value);
  void cursor(std::string_view name, std::string_view value);

  /// Checks what concerns several parameters together.
  Result<ListQuery> finish(const CursorKey& key);

  ListQuery query;
  std::optional<std::uint32_t> page;
  std::optional<bool> include_inactive;
  std::optional<bool> explain;

 private:
  void check_genres(std::string_view name, std::vector<std::string>& values);
  void read_cursor(const CursorKey& key);
  template <class T>
  void check_range(std::string_view name, const Range<T>& range);

  std::vector<FieldError> errors_;
  bool sort_given_ = false;
  std::string cursor_text_;
};

}  // namespace filmoteka::metadata
