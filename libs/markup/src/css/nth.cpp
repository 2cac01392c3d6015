#include "nth.hpp"

#include <filmoteka/base/strings.hpp>

#include <algorithm>

namespace filmoteka::markup {

namespace {

std::optional<int> signed_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto number = parse_number<int>(text);
  if (!number || *number > 1'000'000 || *number < -1'000'000) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Nth::Step> Nth::parse(std::string_view raw) {
  std::string text = to_lower_ascii(raw);
  std::erase(text, ' ');
  if (text == "odd") return Step{2, 1};
  if (text == "even") return Step{2, 0};
  const auto n = text.find('n');
  if (n == std::string::npos) {
    const auto offset = signed_number(text);
    return offset ? std::optional(Step{0, *offset}) : std::nullopt;
  }
  const std::string_view factor(text.data(), n);
  std::optional<int> every = 1;
  if (factor == "-")
    every = -1;
  else if (!factor.empty() && factor != "+")
    every = signed_number(factor);
  const auto rest = std::string_view(text).substr(n + 1);
  const auto offset = rest.empty() ? std::optional(0) : signed_number(rest);
  if (!every || !offset) return std::nullopt;
  return Step{*every, *offset};
}

std::optional<Nth> Nth::family(std::string_view name) {
  if (name == "nth-child") return Nth{false, false};
  if (name == "nth-last-child") return Nth{true, false};
  if (name == "nth-of-type") return Nth{false, true};
  if (name == "nth-last-of-type") return Nth{true, true};
  return std::nullopt;
}

Result<std::string> Nth::condition(Step step, const std::string& type) const {
  if (of_type && type.empty())
    return invalid_argument(
        "a position among elements of a type needs the type before it: li:nth-of-type(2)");
  const std::string place = "(count(" + std::string(from_end ? "following" : "preceding") +
                            "-sibling::" + (of_type ? type : "*") + ")+1)";
  const auto [every, offset] = step;
  const auto text = std::to_string(offset);
  if (every == 0) return place + "=" + text;
  const auto times = std::to_string(std::abs(every));
  if (every > 0) return "(" + place + ">=" + text + " and (" + place + "-" + text + ") mod " + times + "=0)";
  return "(" + place + "<=" + text + " and (" + text + "-" + place + ") mod " + times + "=0)";
}

}  // namespace filmoteka::markup
