#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/values.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace filmoteka::domain {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::seconds;

using Words = std::vector<std::string_view>;
using Local = std::chrono::local_time<std::chrono::milliseconds>;

/// How far back; months and years by the calendar.
struct Distance {
  seconds exact{0};
  months calendar{0};
};

struct Unit {
  std::string_view beginning;
  seconds exact{0};
  int calendar = 0;  ///< months
};

/// By the beginning of the folded word, so that cases and plurals are known too; the longer ones first.
constexpr auto kUnits = std::to_array<Unit>(
    {{"месяц", seconds{0}, 1}, {"мес", seconds{0}, 1},   {"год", seconds{0}, 12}, {"лет", seconds{0}, 12},
     {"недел", days{7}},       {"нед", days{7}},         {"день", days{1}},       {"дн", days{1}},
     {"сут", days{1}},         {"час", hours{1}},        {"мин", minutes{1}},     {"сек", seconds{1}},
     {"month", seconds{0}, 1}, {"year", seconds{0}, 12}, {"yr", seconds{0}, 12},  {"week", days{7}},
     {"day", days{1}},         {"hour", hours{1}},       {"hr", hours{1}},        {"min", minutes{1}},
     {"sec", seconds{1}}});

const Unit* unit_of(std::string_view word) {
  static constexpr Unit kHour{"ч", hours{1}};
  if (word == "ч" || word == "h") return &kHour;
  const auto* found = std::find_if(kUnits.begin(), kUnits.end(),
                                   [&](const Unit& unit) { return word.starts_with(unit.beginning); });
  return found == kUnits.end() ? nullptr : found;
}

std::optional<int> number_of_word(std::string_view word) {
  for (const std::string_view one : {"один", "одну", "a", "an", "one"}) {
    if (word == one) return 1;
  }
  const auto number = parse_number<int>(word);
  return number && *number >= 0 && *number <= 100'000 ? number : std::nullopt;
}

/// "3 дня", "час", "1 год и 2 месяца", "полчаса"; nullopt if anything else stands there.
std::optional<Distance> read_distance(const Words& words) {
  Distance distance;
  int count = 1;
  bool any = false;
  bool counted = false;
  for (const std::string_view word : words) {
    if (word == "и" || word == "and" || word == "about" || word == "около") continue;
    if (word == "полчаса") {
      distance.exact += minutes{30};
      any = true;
    } else if (const auto number = number_of_word(word)) {
      if (counted) return std::nullopt;
      count = *number;
      counted = true;
    } else if (const Unit* unit = unit_of(word)) {
      distance.exact += unit->exact * count;
      distance.calendar += months{unit->calendar * count};
      any = true;
      counted = false;
      count = 1;
    } else {
      return std::nullopt;
    }
  }
  return any && !counted ? std::optional(distance) : std::nullopt;
}

Local back(Local now, const Distance& distance) {
  const auto day = std::chrono::floor<days>(now);
  std::chrono::year_month_day date = std::chrono::year_month_day{day} - distance.calendar;
  // There is no 31 February: the month's last day.
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return std::chrono::local_days{date} + (now - day) - distance.exact;
}

/// Days before today of "вчера" and the like.
std::optional<int> day_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 5> kDays = {
      {{"сегодня", 0}, {"вчера", 1}, {"позавчера", 2}, {"today", 0}, {"yesterday", 1}}};
  for (const auto& [name, before] : kDays) {
    if (word == name) return before;
  }
  return std::nullopt;
}

/// "вчера", "вчера в 12 30" (folded: without the colon)
std::optional<Local> read_day(Words words, Local now) {
  const auto before = words.empty() ? std::nullopt : day_of(words.front());
  if (!before) return std::nullopt;
  words.erase(words.begin());
  if (!words.empty() && (words.front() == "в" || words.front() == "at")) words.erase(words.begin());
  Local moment = std::chrono::floor<days>(now) - days{*before};
  if (words.empty()) return moment;
  const auto hour = parse_number<int>(words[0]);
  const auto minute = words.size() == 2 ? parse_number<int>(words[1]) : std::nullopt;
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  return moment + hours{*hour} + minutes{*minute};
}

std::optional<Local> read_relative(const std::string& folded, Local now) {
  for (const std::string_view present : {"только что", "сейчас", "just now", "now"}) {
    if (folded == present) return now;
  }
  Words words = split(folded, ' ');
  if (const auto day = read_day(words, now)) return day;
  if (words.size() < 2 || (words.back() != "назад" && words.back() != "ago")) return std::nullopt;
  words.pop_back();
  const auto distance = read_distance(words);
  return distance ? std::optional(back(now, *distance)) : std::nullopt;
}

}  // namespace

std::optional<Timestamp> parse_relative_moment(std::string_view text, Timestamp now, minutes assumed_offset) {
  constexpr std::size_t kLongest = 200;
  if (text.size() > kLongest) return std::nullopt;
  const Local local{now.time_since_epoch() + assumed_offset};
  const auto moment = read_relative(fold(text), local);
  if (!moment) return std::nullopt;
  return Timestamp{moment->time_since_epoch() - assumed_offset};
}

}  // namespace filmoteka::domain
