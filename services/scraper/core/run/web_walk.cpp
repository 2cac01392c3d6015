#include <scraper/core/run/web_walk.hpp>

#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

namespace filmoteka::scraper {
namespace {

std::string format_day(std::chrono::sys_days day, const std::string& pattern) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(day);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << std::put_time(&parts, pattern.c_str());
  return text.str();
}

std::int64_t page_number(const NumberPaging& paging, std::int64_t index) {
  return paging.first + index * paging.step;
}

}  // namespace

std::optional<WebPosition> WebWalk::beginning_of(std::size_t list) const {
  if (list >= lists()) return std::nullopt;
  WebPosition position;
  position.list = list;
  if (const auto& dates = source_.paging.dates) {
    position.day = std::chrono::floor<std::chrono::days>(now_);
    position.last_day = *position.day - dates->back;
  }
  return position;
}

bool WebWalk::fits(const WebPosition& position) const {
  const bool has_days = position.day && position.last_day;
  return position.list < lists() && has_days == source_.paging.dates.has_value();
}

boost::json::object WebWalk::values(const WebPosition& position) const {
  boost::json::object values;
  if (!source_.request.lists.empty()) values["list"] = source_.request.lists[position.list];
  const auto* numbers = std::get_if<NumberPaging>(&source_.paging.pages);
  values["page"] = numbers != nullptr ? page_number(*numbers, position.page) : position.page + 1;
  if (position.day) values["date"] = format_day(*position.day, source_.paging.dates->format);
  if (!position.cursor.empty()) values["cursor"] = position.cursor;
  return values;
}

std::optional<WebPosition> WebWalk::next_page(const WebPosition& position, const WebPage& page) const {
  if (page.size() == 0) return std::nullopt;
  WebPosition next;
  next.list = position.list;
  next.day = position.day;
  next.last_day = position.last_day;
  next.page = position.page + 1;
  const auto& pages = source_.paging.pages;
  if (std::holds_alternative<NextLinkPaging>(pages)) {
    next.next = page.next;
    return next.next.empty() ? std::nullopt : std::optional(next);
  }
  if (std::holds_alternative<CursorPaging>(pages)) {
    next.cursor = page.cursor;
    return next.cursor.empty() || next.cursor == position.cursor ? std::nullopt : std::optional(next);
  }
  if (const auto* numbers = std::get_if<NumberPaging>(&pages)) {
    const bool is_last = numbers->last != 0 && page_number(*numbers, next.page) > numbers->last;
    return is_last || !page.has_more ? std::nullopt : std::optional(next);
  }
  return std::nullopt;
}

std::optional<WebPosition> WebWalk::next_day(const WebPosition& position) const {
  if (!position.day) return std::nullopt;
  WebPosition next;
  next.list = position.list;
  next.day = *position.day - source_.paging.dates->step;
  next.last_day = position.last_day;
  if (*next.day < *next.last_day) return std::nullopt;
  return next;
}

std::optional<WebPosition> WebWalk::after(const WebPosition& position, const WebPage& page) const {
  if (auto next = next_page(position, page)) return next;
  return next_day(position);
}

}  // namespace filmoteka::scraper
