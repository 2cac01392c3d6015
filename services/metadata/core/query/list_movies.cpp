#include <metadata/core/query/cursor.hpp>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/facets_json.hpp>
#include <metadata/core/query/found_films.hpp>
#include <metadata/core/query/page_json.hpp>
#include <metadata/core/query/page_window.hpp>
#include <metadata/core/search/text_matches.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

struct FoundPage {
  std::vector<FilmRef> films;
  bool has_next = false;
  bool has_prev = false;
};

// Ids are whole numbers: what is strictly behind a neighbour's place includes the film of the place.
Place neighbour(Place place, domain::MovieId distance) {
  place.id += distance;
  return place;
}

FoundPage numbered_page(const Matches& matches, const Ordering& ordering, const ListQuery& query) {
  const std::uint64_t total = matches.total();
  const std::uint64_t offset = std::min<std::uint64_t>(total, std::uint64_t{query.page - 1} * query.per_page);
  const std::uint64_t end = std::min<std::uint64_t>(total, offset + query.per_page);
  FoundPage page;
  page.has_next = end < total;
  page.has_prev = offset > 0 && offset < total;
  // From whichever end is nearer; where everything matches the way is short from the beginning.
  const bool backwards = !matches.rows.is_everything() && offset > total - end;
  page.films =
      find_page(matches, ordering,
                {{}, backwards, backwards ? total - end : offset, static_cast<std::size_t>(end - offset)});
  return page;
}

FoundPage cursor_page(const Matches& matches, const Ordering& ordering, const ListQuery& query,
                      const Place& from) {
  const bool backwards = query.cursor->backwards;
  FoundPage page;
  page.films = find_page(matches, ordering, {from, backwards, 0, query.per_page + std::size_t{1}});
  const bool goes_on = page.films.size() > query.per_page;
  if (goes_on) page.films.erase(backwards ? page.films.begin() : page.films.end() - 1);
  // Whether there is anything on the side where we come from.
  Place edge = neighbour(from, backwards ? -1 : 1);
  if (!page.films.empty()) edge = ordering.place(backwards ? page.films.back() : page.films.front());
  const bool comes_from = !find_page(matches, ordering, {edge, !backwards, 0, 1}).empty();
  page.has_next = backwards ? comes_from : goes_on;
  page.has_prev = backwards ? goes_on : comes_from;
  return page;
}

std::string_view title_key(const Ordering& ordering, const FilmRef& film) {
  if (film.changed != nullptr) return film.changed->row->title_key;
  const Segment& segment = *ordering.snapshot().segment;
  return segment.title_keys[segment.title_rank[film.row]];
}

void add_cursors(const FoundPage& page, const Ordering& ordering, const ListQuery& query,
                 const CursorKey& key, const std::optional<Place>& from, ListResult& result) {
  const auto cursor = [&](bool backwards) {
    if (page.films.empty()) {
      return encode_cursor(neighbour(*from, backwards ? 1 : -1), query.cursor->title_key, backwards, query,
                           key);
    }
    const FilmRef& film = backwards ? page.films.front() : page.films.back();
    return encode_cursor(ordering.place(film), title_key(ordering, film), backwards, query, key);
  };
  if (page.has_next) result.next_cursor = cursor(false);
  if (page.has_prev) result.prev_cursor = cursor(true);
}

}  // namespace

ListResult list_movies(const Snapshot& snapshot, const ListQuery& query, const CursorKey& key) {
  std::optional<TextMatches> text;
  if (!query.q.empty()) text.emplace(snapshot, query.q);
  const TextMatches* const asked = text ? &*text : nullptr;
  const Filter filter(query, asked);
  const FoundFilms found(snapshot, filter, query);
  const Matches& matches = found.matches();
  const ListSort sort = query.sort.by_relevance && asked == nullptr ? ListSort{} : query.sort;
  const Bounds bounds = sort.by_relevance ? Bounds() : filter.bounds(sort.order.key);
  const Ordering ordering(snapshot, sort, asked, bounds);
  std::optional<Place> from;
  if (query.cursor) {
    const bool by_title = !sort.by_relevance && sort.order.key == SortKey::kTitle;
    from = by_title ? ordering.title_place(query.cursor->title_key, query.cursor->id)
                    : Place{query.cursor->keys, {}, query.cursor->id};
  }
  const FoundPage page =
      from ? cursor_page(matches, ordering, query, *from) : numbered_page(matches, ordering, query);
  ListResult result;
  result.revision = snapshot.revision;
  result.has_next = page.has_next;
  if (query.count) {
    result.total = matches.total();
    result.pages = (matches.total() + query.per_page - 1) / query.per_page;
  }
  add_cursors(page, ordering, query, key, from, result);
  append_page(result.body, snapshot, page.films, query, asked, result);
  if (query.facets != 0) {
    result.body.pop_back();
    result.body += ",\"facets\":";
    append_facets(result.body, query.facets, [&](Dimension dimension) { return found.without(dimension); });
    result.body += '}';
  }
  return result;
}

}  // namespace filmoteka::metadata
