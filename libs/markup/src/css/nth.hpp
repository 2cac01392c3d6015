/// :nth-child(an+b) and its family. Internal.
#pragma once

#include <filmoteka/base/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::markup {

struct Nth {
  struct Step {
    int every;   ///< a
    int offset;  ///< b
  };
  /// "odd", "even", "3", "2n", "-n+3", "2n + 1".
  static std::optional<Step> parse(std::string_view text);
  /// By its name: "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type".
  static std::optional<Nth> family(std::string_view name);

  /// kInvalidArgument for a position among elements of a type that is not named.
  Result<std::string> condition(Step step, const std::string& type) const;

  bool from_end = false;
  bool of_type = false;
};

}  // namespace filmoteka::markup
