#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <metadata/core/query/execute.hpp>

#include <utility>

namespace filmoteka::metadata {

std::string all_genres_json(const Snapshot& snapshot) {
  // Asked by people who tend the catalogue, and seldom: the facet that lists have is good enough.
  ListQuery query;
  query.include_inactive = true;
  query.facets = FacetSet{1} << static_cast<unsigned>(Facet::kGenre);
  query.per_page = 1;
  query.count = false;
  const boost::json::value page = boost::json::parse(list_movies(snapshot, query).body);
  return boost::json::serialize(boost::json::object{{"items", page.at("facets").at("genre")}});
}

}  // namespace filmoteka::metadata
