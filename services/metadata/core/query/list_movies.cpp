#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/filter.hpp>
#include <metadata/core/query/page_window.hpp>
#include <metadata/core/query/projection.hpp>

#include <numeric>

namespace filmoteka::metadata {
namespace {

Matches find_matches(const Snapshot& snapshot, const Filter& filter) {
  Matches matches{.segment = snapshot.segment.get(),
                  .rows = filter.rows(*snapshot.segment, *snapshot.delta),
                  .row_count = 0,
                  .changed = {}};
  matches.row_count = matches.rows.count();
  for (const DeltaEntry& entry : snapshot.delta->entries()) {
    if (filter.matches(*entry.row)) matches.changed.push_back(&entry);
  }
  return matches;
}

void append_member(std::string& out, std::string_view name, std::uint64_t value) {
  out += '"';
  out += name;
  out += "\":";
  out += std::to_string(value);
}

std::string page_json(const std::vector<std::string_view>& summaries, const ListQuery& query,
                      const ListResult& result) {
  constexpr std::size_t kEnvelope = 128;
  std::string out;
  out.reserve(std::accumulate(summaries.begin(), summaries.end(), kEnvelope,
                              [](std::size_t sum, std::string_view text) { return sum + text.size() + 1; }));
  out += "{\"items\":[";
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    if (i > 0) out += ',';
    query.fields == 0 ? void(out += summaries[i]) : append_projection(out, summaries[i], query.fields);
  }
  out += "],\"page\":{";
  append_member(out, "number", query.page);
  append_member(out += ',', "size", query.per_page);
  if (result.total) append_member(out += ',', "total", *result.total);
  if (result.pages) append_member(out += ',', "pages", *result.pages);
  out += "}}";
  return out;
}

}  // namespace

ListResult list_movies(const Snapshot& snapshot, const ListQuery& query) {
  const Filter filter(query);
  const Matches matches = find_matches(snapshot, filter);
  const Window window{std::uint64_t{query.page - 1} * query.per_page, query.per_page};
  const auto summaries = query.sort.by_relevance && filter.search()
                             ? relevance_page(matches, *filter.search(), window)
                             : ordered_page(matches, query.sort.order, window);
  ListResult result;
  result.revision = snapshot.revision;
  result.has_next = window.offset + window.limit < matches.total();
  if (query.count) {
    result.total = matches.total();
    result.pages = (matches.total() + query.per_page - 1) / query.per_page;
  }
  result.body = page_json(summaries, query, result);
  return result;
}

}  // namespace filmoteka::metadata
