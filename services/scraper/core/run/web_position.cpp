#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <scraper/core/run/web_position.hpp>

#include <cstdio>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

constexpr std::int64_t kVersion = 1;

std::string text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(std::string_view(*text));
}

template <class Number>
Number number_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_number()) return 0;
  json::error_code error;
  const auto number = value->to_number<Number>(error);
  return error ? Number{0} : number;
}

std::vector<std::string> texts_at(const json::object& object, std::string_view key) {
  std::vector<std::string> texts;
  const auto* value = object.if_contains(key);
  const auto* list = value == nullptr ? nullptr : value->if_array();
  if (list == nullptr) return texts;
  for (const auto& entry : *list)
    if (entry.is_string()) texts.emplace_back(std::string_view(entry.get_string()));
  return texts;
}

}  // namespace

std::string to_iso_day(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::optional<std::chrono::sys_days> iso_day_from(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_number<int>(text.substr(0, 4));
  const auto month = parse_number<unsigned>(text.substr(5, 2));
  const auto day = parse_number<unsigned>(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::string to_text(const WebPosition& position, std::string_view digest) {
  json::object object{{"v", kVersion}, {"digest", digest}, {"list", position.list}};
  if (position.day) object["day"] = to_iso_day(*position.day);
  if (position.last_day) object["last_day"] = to_iso_day(*position.last_day);
  if (position.page != 0) object["page"] = position.page;
  if (!position.next.empty()) object["next"] = position.next;
  if (!position.cursor.empty()) object["cursor"] = position.cursor;
  if (!position.sitemaps.empty())
    object["sitemaps"] = json::array(position.sitemaps.begin(), position.sitemaps.end());
  if (position.done != 0) object["done"] = position.done;
  if (position.mark != 0) object["mark"] = position.mark;
  return json::serialize(object);
}

std::optional<WebPosition> position_from(std::string_view text, std::string_view digest) {
  json::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  if (number_at<std::int64_t>(object, "v") != kVersion || text_at(object, "digest") != digest)
    return std::nullopt;
  WebPosition position;
  position.list = number_at<std::size_t>(object, "list");
  position.day = iso_day_from(text_at(object, "day"));
  position.last_day = iso_day_from(text_at(object, "last_day"));
  position.page = number_at<std::int64_t>(object, "page");
  position.next = text_at(object, "next");
  position.cursor = text_at(object, "cursor");
  position.sitemaps = texts_at(object, "sitemaps");
  position.done = number_at<std::size_t>(object, "done");
  position.mark = number_at<std::uint64_t>(object, "mark");
  return position;
}

}  // namespace filmoteka::scraper
