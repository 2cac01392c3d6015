#include <metadata/core/query/execute.hpp>

#include <algorithm>

namespace filmoteka::metadata {

namespace {

std::vector<PageLink> cursor_links(const ListQuery& query, const ListResult& result) {
  ListQuery target = query;
  target.cursor.reset();
  std::vector<PageLink> links{{"first", to_query_string(target)}};
  const auto add = [&](std::string_view relation, const std::optional<std::string>& cursor) {
    if (!cursor) return;
    target.cursor.emplace().text = *cursor;
    links.push_back({relation, to_query_string(target)});
  };
  add("prev", result.prev_cursor);
  add("next", result.next_cursor);
  return links;
}

}  // namespace

std::vector<PageLink> page_links(const ListQuery& query, const ListResult& result) {
  if (query.cursor) return cursor_links(query, result);
  const auto link = [&query](std::string_view relation, std::uint64_t page) {
    ListQuery target = query;
    target.page = static_cast<std::uint32_t>(page);
    return PageLink{relation, to_query_string(target)};
  };
  std::vector<PageLink> links{link("first", 1)};
  if (query.page > 1) {
    // From behind the end the way back leads to the last page that has films.
    const std::uint64_t last = result.pages ? std::max<std::uint64_t>(1, *result.pages) : kMaxPage;
    links.push_back(link("prev", std::min<std::uint64_t>(query.page - 1, last)));
  }
  if (result.has_next && query.page < kMaxPage) links.push_back(link("next", query.page + 1));
  if (result.pages) links.push_back(link("last", std::clamp<std::uint64_t>(*result.pages, 1, kMaxPage)));
  return links;
}

}  // namespace filmoteka::metadata
