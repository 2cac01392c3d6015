#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/robots.hpp>

#include <algorithm>
#include <cmath>

namespace filmoteka::fetch {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}
char upper(char c) {
  return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// %-encodes what is not ASCII and writes hexadecimal digits in upper case.
std::string normalized(std::string_view pattern) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(pattern.size());
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const auto byte = static_cast<unsigned char>(pattern[i]);
    if (pattern[i] == '%' && i + 2 < pattern.size() && is_hex(pattern[i + 1]) && is_hex(pattern[i + 2])) {
      out += {'%', upper(pattern[i + 1]), upper(pattern[i + 2])};
      i += 2;
    } else if (byte >= 0x80) {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      out += pattern[i];
    }
  }
  return out;
}

/// "key: value" without comment and white space. A missing colon is forgiven when two words stand alone.
std::pair<std::string_view, std::string_view> key_and_value(std::string_view line) {
  line = trim(line.substr(0, line.find('#')));
  auto separator = line.find(':');
  if (separator == std::string_view::npos) {
    const auto blank = std::find_if(line.begin(), line.end(), is_blank);
    if (blank == line.end()) return {};
    separator = static_cast<std::size_t>(blank - line.begin());
    const auto value = trim(line.substr(separator));
    if (std::any_of(value.begin(), value.end(), is_blank)) return {};
  }
  return {trim(line.substr(0, separator)), trim(line.substr(separator + 1))};
}

std::optional<std::chrono::milliseconds> parse_delay(std::string_view value) {
  const auto seconds = parse_number<double>(value);
  if (!seconds || !std::isfinite(*seconds) || *seconds < 0) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::min(*seconds, 86'400.0) * 1'000));
}

}  // namespace

/// Reads line by line; keeps the rules of the groups that name the robot and those for everybody apart.
class RobotsParser {
 public:
  explicit RobotsParser(std::string_view product) : product_(product) {}

  void line(std::string_view text) {
    const auto [key, value] = key_and_value(text);
    if (equals_ignore_case_ascii(key, "user-agent")) {
      user_agent(value);
    } else if (equals_ignore_case_ascii(key, "allow")) {
      rule(value, true);
    } else if (equals_ignore_case_ascii(key, "disallow")) {
      rule(value, false);
    } else if (equals_ignore_case_ascii(key, "crawl-delay")) {
      delay(value);
    }
  }

  Robots take() { return named_ ? std::move(own_) : std::move(everybody_); }

 private:
  void user_agent(std::string_view value) {
    if (in_rules_ || after_delay_) delay_is_own_ = delay_is_everybodys_ = after_delay_ = false;
    if (in_rules_) in_own_ = in_everybody_ = in_rules_ = false;
    if (value == "*" || (value.starts_with('*') && is_blank(value[1]))) {
      in_everybody_ = delay_is_everybodys_ = true;
      return;
    }
    const auto end = std::find_if_not(value.begin(), value.end(), is_token_character);
    const auto token = value.substr(0, static_cast<std::size_t>(end - value.begin()));
    if (!equals_ignore_case_ascii(token, product_)) return;
    in_own_ = named_ = delay_is_own_ = true;
  }

  void rule(std::string_view value, bool allow) {
    in_rules_ = true;
    if (value.empty()) return;
    for_each_current([&](Robots& robots) { robots.rules_.push_back({normalized(value), allow}); });
  }

  /// Other than a rule, a delay does not end the list of names (RFC 9309, 2.2.4); names behind it are not
  /// meant by it either.
  void delay(std::string_view value) {
    after_delay_ = true;
    if (delay_is_own_) own_.crawl_delay_ = parse_delay(value);
    if (delay_is_everybodys_) everybody_.crawl_delay_ = parse_delay(value);
  }

  template <class Function>
  void for_each_current(Function function) {
    if (in_own_) function(own_);
    if (in_everybody_) function(everybody_);
  }

  std::string_view product_;
  Robots own_;
  Robots everybody_;
  bool named_ = false;
  bool in_own_ = false;
  bool in_everybody_ = false;
  bool in_rules_ = false;
  bool delay_is_own_ = false;
  bool delay_is_everybodys_ = false;
  bool after_delay_ = false;
};

Robots Robots::parse(std::string_view text, std::string_view product) {
  text = text.substr(0, kMaxRobotsBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  RobotsParser parser(product);
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    parser.line(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parser.take();
}

Robots Robots::disallow_all() {
  Robots robots;
  robots.rules_.push_back({"/", false});
  return robots;
}

bool Robots::allows(std::string_view target) const {
  std::size_t longest = 0;
  bool allowed = true;
  for (const auto& rule : rules_) {
    const auto length = rule.pattern.size();
    const bool decides = length > longest || (length == longest && rule.allow && !allowed);
    if (!decides || !robots_pattern_matches(rule.pattern, target)) continue;
    longest = length;
    allowed = rule.allow;
  }
  return allowed;
}

bool robots_pattern_matches(std::string_view pattern, std::string_view target) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  // Unanchored, the pattern may end anywhere: the same as a star at its end. Greedy matching with a return to
  // the last star only is enough for patterns with stars alone.
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_target = 0;
  while (true) {
    if (p == pattern.size() && (!anchored || t == target.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_target = t;
    } else if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && star_target < target.size()) {
      p = star + 1;
      t = ++star_target;
    } else {
      return false;
    }
  }
}

}  // namespace filmoteka::fetch
