#include <filmoteka/api/movie_json.hpp>

#include <boost/json.hpp>
#include <metadata/core/search/text_matches.hpp>
#include <metadata/core/testing/expected_page.hpp>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace filmoteka::metadata::testing {
namespace {

boost::json::object expected_item(const domain::Movie& movie, std::uint32_t fields) {
  std::string summary;
  api::append_summary(summary, movie);
  boost::json::object item;
  const boost::json::value parsed = boost::json::parse(summary);
  for (const auto& [name, value] : parsed.as_object()) {
    const auto names = api::summary_fields();
    const auto bit = std::find(names.begin(), names.end(), std::string_view(name)) - names.begin();
    if (fields == 0 || (fields >> bit & 1) != 0) item[name] = value;
  }
  return item;
}

boost::json::array expected_facet(const Oracle& oracle, Facet facet, const ListQuery& query) {
  const bool is_text = facet == Facet::kGenre || facet == Facet::kSource;
  boost::json::array values;
  for (const auto& [value, count] : oracle.facet(facet, query)) {
    boost::json::value shown = is_text ? boost::json::value(value) : boost::json::value(std::stoi(value));
    values.push_back({{"value", std::move(shown)}, {"count", count}});
  }
  return values;
}

}  // namespace

std::string expected_page(const Oracle& oracle, const ListQuery& query, const Oracle::Page& page) {
  boost::json::array items;
  for (const domain::MovieId id : page.ids)
    items.push_back(expected_item(oracle.films().at(id), query.fields));
  boost::json::object shown{{"number", query.page}, {"size", query.per_page}};
  if (query.cursor) shown["number"] = nullptr;
  if (query.count) {
    shown["total"] = page.total;
    shown["pages"] = (page.total + query.per_page - 1) / query.per_page;
  }
  boost::json::object body{{"items", std::move(items)}, {"page", std::move(shown)}};
  for (std::size_t i = 0; i < kFacets; ++i) {
    if ((query.facets >> i & 1) == 0) continue;
    auto& facets = body.emplace("facets", boost::json::object()).first->value().as_object();
    facets.emplace(kFacetNames[i], expected_facet(oracle, static_cast<Facet>(i), query));
  }
  return boost::json::serialize(body);
}

std::string without_cursors(const std::string& body) {
  boost::json::value parsed = boost::json::parse(body);
  boost::json::object& page = parsed.as_object().at("page").as_object();
  if (page.erase("next_cursor") + page.erase("prev_cursor") != 2) {
    throw std::invalid_argument("a page without its cursors: " + body);
  }
  parsed.as_object().erase("corrections");
  for (boost::json::value& item : parsed.as_object().at("items").as_array())
    item.as_object().erase("highlight");
  return boost::json::serialize(parsed);
}

ListQuery as_searched(const Snapshot& snapshot, const ListQuery& query) {
  ListQuery searched = query;
  if (query.q.empty()) return searched;
  const TextMatches text(snapshot, query.q);
  if (text.correction()) searched.q = text.correction()->q;
  return searched;
}

}  // namespace filmoteka::metadata::testing
