#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/domain/values.hpp>

#include <scraper/core/source/filter_kit.hpp>
#include <scraper/core/source/loose_value.hpp>

#include <algorithm>

namespace filmoteka::scraper::filters {
namespace {

namespace json = boost::json;

/// `%` and one of these, as strptime(3) has them; domain::parse_moment_by() reads them.
constexpr std::string_view kDateSigns = "dmYyHMSbBpz%";

bool is_date_format(std::string_view format) {
  for (std::size_t at = format.find('%'); at != std::string_view::npos; at = format.find('%', at + 2)) {
    if (at + 1 >= format.size() || kDateSigns.find(format[at + 1]) == std::string_view::npos) return false;
  }
  return format.find('%') != std::string_view::npos;
}

/// What the normaliser reads: a day, a local time, or a moment, as much as the format says.
json::value date_text(std::string_view text, std::string_view format) {
  const auto moment = domain::parse_moment_by(text, format, std::chrono::minutes{0});
  if (!moment) return nullptr;
  std::string written = to_rfc3339(*moment);
  const bool has_time = format.find("%H") != std::string_view::npos;
  const bool has_zone = format.find("%z") != std::string_view::npos;
  // Without a zone it is local time at the source's `assumed_offset`, which the normaliser knows.
  if (!has_zone) written.pop_back();
  if (!has_time) written.resize(std::string_view("2000-01-01").size());
  return json::value(json::string(written));
}

/// The first four digits in a row that may be a year of a film.
json::value year_in(std::string_view text) {
  constexpr std::int64_t kFirst = 1'880;
  constexpr std::int64_t kLast = 2'100;
  while (!text.empty()) {
    text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto year = count == 4 ? parse_number<std::int64_t>(text.substr(0, 4)) : std::nullopt;
    if (year && *year >= kFirst && *year <= kLast) return *year;
    text.remove_prefix(count);
  }
  return nullptr;
}

}  // namespace

FilterStep make_date(Argument& argument) {
  std::vector<std::string> formats;
  const config::YamlNode& node = argument.node();
  const auto take = [&](const config::YamlNode& one) {
    const json::string* text = one.scalar.if_string();
    if (text != nullptr && is_date_format(*text) && text->size() <= kMaxInsertBytes) {
      formats.emplace_back(std::string_view(*text));
    } else {
      argument.fault(
          "must be a format like \"%d.%m.%Y %H:%M\", or a list of them; known are %d %m %Y %y %H %M %S %b "
          "%B %p %z");
    }
  };
  if (node.is_list()) {
    std::for_each(node.items.begin(), node.items.end(), take);
  } else {
    take(node);
  }
  if (formats.empty()) return {};
  return on_text([formats](const std::string& text, const Record&) -> json::value {
    for (const std::string& format : formats) {
      json::value found = date_text(text, format);
      if (!found.is_null()) return found;
    }
    return nullptr;
  });
}

FilterStep make_timeago(Argument& argument) {
  return on_text([offset = argument.compilation().assumed_offset](const std::string& text,
                                                                  const Record& record) -> json::value {
    if (record.now == Timestamp{}) return nullptr;
    const auto moment = domain::parse_relative_moment(text, record.now, offset);
    return moment ? json::value(json::string(to_rfc3339(*moment))) : json::value();
  });
}

FilterStep make_year(Argument&) {
  return on_text([](const std::string& text, const Record&) { return year_in(text); });
}

FilterStep make_latest_year(Argument& argument) {
  const auto latest = argument.whole(1'888, 9'999);
  if (!latest) return {};
  return on_text([latest = *latest](const std::string& text, const Record&) -> json::value {
    const auto year = domain::parse_year(text);
    if (!year) return nullptr;
    return *year > latest ? *year - 100 : *year;
  });
}

}  // namespace filmoteka::scraper::filters
