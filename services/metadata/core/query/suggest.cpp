#include <filmoteka/api/movie_json.hpp>

#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/filter.hpp>
#include <metadata/core/query/found_films.hpp>
#include <metadata/core/query/found_items.hpp>
#include <metadata/core/query/page_window.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

// As bits of ListQuery::fields.
std::uint32_t suggested_fields() {
  std::uint32_t fields = 0;
  const auto names = api::summary_fields();
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (const std::string_view wanted : {"id", "title", "original_title", "year", "thumbnail_url"}) {
      if (names[i] == wanted) fields |= 1U << i;
    }
  }
  return fields;
}

}  // namespace

std::string suggest_movies(const Snapshot& snapshot, const SuggestQuery& asked) {
  ListQuery query;
  query.q = asked.q;
  query.include_inactive = asked.include_inactive;
  query.sort.by_relevance = true;
  const TextMatches text(snapshot, query.q);
  const Filter filter(query, &text);
  const FoundFilms found(snapshot, filter, query);
  const Ordering ordering(snapshot, query.sort, &text, {});
  const auto films = find_page(found.matches(), ordering, {{}, false, 0, asked.limit});
  std::string body = "{\"items\":";
  append_found_items(body, snapshot, films, suggested_fields(), text, false);
  append_corrections(body, text);
  return body += '}';
}

}  // namespace filmoteka::metadata
