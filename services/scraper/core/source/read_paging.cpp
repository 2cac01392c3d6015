#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/read_request.hpp>

namespace filmoteka::scraper {
namespace {

bool is_day_format(std::string_view format) {
  for (std::size_t at = format.find('%'); at != std::string_view::npos; at = format.find('%', at + 2)) {
    if (at + 1 >= format.size() || std::string_view("Yymd").find(format[at + 1]) == std::string_view::npos)
      return false;
  }
  return format.find("%d") != std::string_view::npos && format.size() <= 40;
}

NumberPaging read_numbers(const config::YamlNode& node, Compilation& compilation) {
  KeyReader reader(node, "paging.page", compilation.faults);
  NumberPaging paging;
  reader.number("first", 0, 1'000'000, paging.first);
  reader.number("step", 1, 100'000, paging.step);
  reader.number("last", 1, 1'000'000'000, paging.last);
  reader.refuse_unknown();
  if (paging.last != 0 && paging.last < paging.first) reader.fault("last", "must not be below `first`");
  return paging;
}

DatePaging read_dates(const config::YamlNode& node, Compilation& compilation) {
  using std::chrono::days;
  KeyReader reader(node, "paging.dates", compilation.faults);
  DatePaging dates;
  std::chrono::milliseconds back = dates.back;
  std::chrono::milliseconds step = dates.step;
  reader.interval("back", days{1}, days{36'600}, back);
  reader.interval("step", days{1}, days{366}, step);
  dates.back = std::chrono::duration_cast<days>(back);
  dates.step = std::chrono::duration_cast<days>(step);
  reader.text("format", dates.format);
  if (!is_day_format(dates.format)) reader.fault("format", "must be made of %Y, %y, %m and %d, like %d%m%Y");
  reader.refuse_unknown();
  return dates;
}

}  // namespace

Paging read_paging(const config::YamlNode& node, Compilation& compilation) {
  KeyReader reader(node, "paging", compilation.faults);
  Paging paging;
  const config::YamlNode* next = reader.member("next");
  const config::YamlNode* page = reader.member("page");
  const config::YamlNode* cursor = reader.member("cursor");
  if ((next != nullptr) + (page != nullptr) + (cursor != nullptr) > 1) {
    reader.fault("next", "only one of next, page and cursor leads from one answer to the next");
  }
  std::shared_ptr<const Expression> more;
  if (const config::YamlNode* expression = reader.member("more")) {
    more = Expression::compile(*expression, "paging.more", compilation);
    if (next == nullptr && page == nullptr) reader.fault("more", "goes with `next` or `page`");
  }
  if (next != nullptr) {
    paging.pages = NextLinkPaging{Expression::compile(*next, "paging.next", compilation), more};
  } else if (page != nullptr) {
    NumberPaging numbers = read_numbers(*page, compilation);
    numbers.more = more;
    paging.pages = numbers;
  } else if (cursor != nullptr) {
    paging.pages = CursorPaging{Expression::compile(*cursor, "paging.cursor", compilation)};
  }
  if (const config::YamlNode* dates = reader.member("dates")) paging.dates = read_dates(*dates, compilation);
  std::int64_t known = 0;
  reader.number("stop_at_known", 0, 1'000'000, known);
  paging.stop_at_known = static_cast<std::uint32_t>(known);
  reader.refuse_unknown();
  return paging;
}

}  // namespace filmoteka::scraper
