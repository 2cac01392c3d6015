#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/domain/format.hpp>
#include <filmoteka/http/query.hpp>

#include <metadata/core/query/list_query.hpp>
#include <metadata/core/query/names.hpp>

#include <span>
#include <string_view>

namespace filmoteka::metadata {
namespace {

class QueryString {
 public:
  void add(std::string_view name, std::string_view value) {
    if (!text_.empty()) text_ += '&';
    text_ += name;
    text_ += '=';
    text_ += http::encode_component(value);
  }
  template <class Number>
  void add_number(std::string_view name, const std::optional<Number>& value) {
    if (value) add(name, std::to_string(*value));
  }
  void add_time(std::string_view name, const std::optional<Timestamp>& value) {
    if (value) add(name, to_rfc3339(*value));
  }
  void add_flag(std::string_view name, const std::optional<bool>& value) {
    if (value) add(name, std::string_view(*value ? "true" : "false"));
  }
  void add_rating(std::string_view name, const std::optional<domain::RatingTenths>& value) {
    if (value) add(name, domain::format_rating(*value));
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string name_list(std::uint32_t mask, std::span<const std::string_view> names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((mask >> i & 1) == 0) continue;
    if (!list.empty()) list += ',';
    list += names[i];
  }
  return list;
}

void add_filters(QueryString& text, const ListQuery& query) {
  for (const std::string& genre : query.genres) text.add("genre", genre);
  for (const std::string& genre : query.genres_not) text.add("genre_not", genre);
  text.add_number("year", query.year);
  text.add_number("year_from", query.years.from);
  text.add_number("year_to", query.years.to);
  text.add_rating("rating_from", query.rating.from);
  text.add_rating("rating_to", query.rating.to);
  text.add_number("views_from", query.views_from);
  text.add_number("duration_from", query.duration.from);
  text.add_number("duration_to", query.duration.to);
  text.add_time("added_from", query.added.from);
  text.add_time("added_to", query.added.to);
  text.add_number("age_rating_to", query.age_rating_to);
  if (query.source) text.add("source", *query.source);
  text.add_flag("has_image", query.has_image);
  if (query.include_inactive) text.add_flag("include_inactive", true);
  if (query.explain) text.add_flag("explain", true);
}

}  // namespace

std::string to_query_string(const ListQuery& query) {
  QueryString text;
  if (!query.q.empty()) text.add("q", query.q);
  add_filters(text, query);
  const ListSort default_sort = query.q.empty() ? ListSort{} : ListSort{true, {}};
  if (query.sort != default_sort) text.add("sort", sort_name(query.sort));
  if (query.cursor) text.add("cursor", query.cursor->text);
  if (query.page != 1) text.add("page", std::to_string(query.page));
  if (query.per_page != kDefaultPerPage) text.add("per_page", std::to_string(query.per_page));
  if (query.fields != 0) text.add("fields", name_list(query.fields, api::summary_fields()));
  if (!query.count) text.add("count", "none");
  if (query.facets != 0) text.add("facets", name_list(query.facets, kFacetNames));
  return text.take();
}

}  // namespace filmoteka::metadata
