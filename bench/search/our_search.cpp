#include "our_search.hpp"

#include "subcommands.hpp"

#include <boost/json/parse.hpp>
#include <metadata/core/query/execute.hpp>

namespace filmoteka::bench {

std::string search(const metadata::Snapshot& snapshot, const std::string& q) {
  metadata::ListQuery query;
  query.q = q;
  query.sort.by_relevance = true;
  query.per_page = kPageSize;
  return metadata::list_movies(snapshot, query).body;
}

std::string suggest(const metadata::Snapshot& snapshot, const std::string& q) {
  constexpr std::size_t kSuggestions = 8;  // what the web app asks for
  return metadata::suggest_movies(snapshot, {q, kSuggestions});
}

Found found(const metadata::Snapshot& snapshot, const std::string& q) {
  const boost::json::value page = boost::json::parse(search(snapshot, q));
  Found found;
  for (const auto& film : page.at("items").as_array()) {
    found.films.push_back(film.at("id").to_number<domain::MovieId>());
  }
  found.total = page.at("page").at("total").to_number<std::uint64_t>();
  return found;
}

}  // namespace filmoteka::bench
