#include <filmoteka/base/nearest_name.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/validation.hpp>

#include <metadata/core/query/list_query.hpp>
#include <metadata/core/query/parsing.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>

namespace filmoteka::metadata {
namespace {

constexpr std::int32_t kLastYear = 2200;
constexpr std::int64_t kAnyWhole = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kAnySeconds = std::numeric_limits<std::int32_t>::max();

struct Parameter {
  std::string_view name;
  bool repeatable;
  void (*read)(Parsing&, std::string_view name, std::string_view value);
};

using View = std::string_view;
constexpr Parameter kParameters[] = {
    {"q", false,
     [](Parsing& p, View n, View v) {
       p.q(n, v);
     }},
    {"genre", true,
     [](Parsing& p, View n, View v) {
       p.genre(n, v, p.query.genres);
     }},
    {"genre_not", true,
     [](Parsing& p, View n, View v) {
       p.genre(n, v, p.query.genres_not);
     }},
    {"year", false,
     [](Parsing& p, View n, View v) {
       p.whole(n, v, domain::kFirstYear, kLastYear, p.query.year);
     }},
    {"year_from", false,
     [](Parsing& p, View n, View v) {
       p.whole(n, v, domain::kFirstYear, kLastYear, p.query.years.from);
     }},
    {"year_to", false,
     [](Parsing& p, View n, View v) {
       p.whole(n, v, domain::kFirstYear, kLastYear, p.query.years.to);
     }},
    {"rating_from", false,
     [](Parsing& p, View n, View v) {
       p.rating(n, v, true);
     }},
    {"rating_to", false,
     [](Parsing& p, View n, View v) {
       p.rating(n, v, false);
     }},
    {"views_from", false,
     [](Parsing& p, View n, View v) {
       p.whole(n, v, 0, kAnyWhole, p.query.views_from);
     }},
    {"duration_from", false,
     [](Parsing& p, View n, View v) {
       p.whole(n, v, 0, kAnySeconds, p.query.duration.from);
     }},
    {"duration_to", false,
     [](Parsing& p, View n, View v) {
       p.whole(n, v, 0, kAnySeconds, p.query.duration.to);
     }},
    {"added_from", false,
     [](Parsing& p, View n, View v) {
       p.time(n, v, true);
     }},
    {"added_to", false,
     [](Parsing& p, View n, View v) {
       p.time(n, v, false);
     }},
    {"age_rating_to", false,
     [](Parsing& p, View n, View v) {
       p.age(n, v);
     }},
    {"source", false,
     [](Parsing& p, View n, View v) {
       p.source(n, v);
     }},
    {"has_image", false,
     [](Parsing& p, View n, View v) {
       p.flag(n, v, p.query.has_image);
     }},
    {"include_inactive", false,
     [](Parsing& p, View n, View v) {
       p.flag(n, v, p.include_inactive);
     }},
    {"explain", false,
     [](Parsing& p, View n, View v) {
       p.flag(n, v, p.explain);
     }},
    {"sort", false,
     [](Parsing& p, View n, View v) {
       p.sort(n, v);
     }},
    {"page", false,
     [](Parsing& p, View n, View v) {
       p.whole(n, v, 1, kMaxPage, p.page);
     }},
    {"per_page", false,
     [](Parsing& p, View n, View v) {
       p.per_page(n, v);
     }},
    {"fields", false,
     [](Parsing& p, View n, View v) {
       p.fields(n, v);
     }},
    {"count", false,
     [](Parsing& p, View n, View v) {
       p.count(n, v);
     }},
    {"facets", false,
     [](Parsing& p, View n, View v) {
       p.facets(n, v);
     }},
    {"cursor", false,
     [](Parsing& p, View n, View v) {
       p.cursor(n, v);
     }},
};

std::vector<std::string_view> parameter_names() {
  std::vector<std::string_view> names;
  for (const Parameter& parameter : kParameters) names.push_back(parameter.name);
  return names;
}

void take(Parsing& parsing, std::string_view name, std::string_view value, bool is_first) {
  const auto parameter = std::find_if(std::begin(kParameters), std::end(kParameters),
                                      [name](const Parameter& known) { return known.name == name; });
  if (parameter == std::end(kParameters)) {
    if (is_first) {
      parsing.fail(utf8_prefix(name, 100),
                   "There is no such parameter." + did_you_mean(name, parameter_names()));
    }
  } else if (!is_first && !parameter->repeatable) {
    parsing.fail(name, "May be given only once.");
  } else {
    parameter->read(parsing, name, value);
  }
}

}  // namespace

Result<ListQuery> parse_list_query(const QueryPairs& parameters, const CursorKey& key) {
  Parsing parsing;
  std::set<std::string_view> seen;
  for (const auto& [name, value] : parameters) take(parsing, name, value, seen.insert(name).second);
  return parsing.finish(key);
}

}  // namespace filmoteka::metadata
