#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/values.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace filmoteka::domain {
namespace {

/// RFC 5322, 4.3: the names that are still found.
constexpr auto kZones = std::to_array<std::pair<std::string_view, std::string_view>>({{"GMT", "+0000"},
                                                                                      {"UTC", "+0000"},
                                                                                      {"UT", "+0000"},
                                                                                      {"Z", "+0000"},
                                                                                      {"MSK", "+0300"},
                                                                                      {"EST", "-0500"},
                                                                                      {"EDT", "-0400"},
                                                                                      {"CST", "-0600"},
                                                                                      {"CDT", "-0500"},
                                                                                      {"MST", "-0700"},
                                                                                      {"MDT", "-0600"},
                                                                                      {"PST", "-0800"},
                                                                                      {"PDT", "-0700"}});

}  // namespace

std::optional<Timestamp> parse_mail_date(std::string_view text) {
  text = trim(text);
  const auto comma = text.find(',');
  if (comma != std::string_view::npos && comma <= 9) text = trim(text.substr(comma + 1));
  const auto last = text.rfind(' ');
  if (last == std::string_view::npos) return std::nullopt;
  const auto zone = text.substr(last + 1);
  const auto known = std::find_if(kZones.begin(), kZones.end(), [zone](const auto& entry) {
    return equals_ignore_case_ascii(entry.first, zone);
  });
  auto moment = std::string(text.substr(0, last + 1));
  moment += known == kZones.end() ? zone : known->second;
  for (const auto* pattern : {"%d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M %z", "%d %b %y %H:%M:%S %z"})
    if (const auto found = parse_moment_by(moment, pattern, {})) return found;
  return std::nullopt;
}

}  // namespace filmoteka::domain
