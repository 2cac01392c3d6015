#include <metadata/core/catalogue/order_key.hpp>
#include <metadata/core/query/page_window.hpp>

#include <algorithm>
#include <tuple>

namespace filmoteka::metadata {
namespace {

struct Hit {
  TitleMatch match;
  std::uint64_t views_key;
  std::uint64_t rating_key;
  domain::MovieId id;
  std::string_view summary;
};

bool operator<(const Hit& a, const Hit& b) {
  return std::tie(a.match, a.views_key, a.rating_key, a.id) <
         std::tie(b.match, b.views_key, b.rating_key, b.id);
}

Hit make_hit(const FilmNumbers& film, TitleMatch match, std::string_view summary) {
  return {match, order_key(film, 0, {SortKey::kViews, true}), order_key(film, 0, {SortKey::kRating, true}),
          film.id, summary};
}

std::vector<Hit> all_hits(const Matches& matches, const TitleSearch& search) {
  const Segment& segment = *matches.segment;
  std::vector<Hit> hits;
  hits.reserve(matches.total());
  matches.rows.for_each([&](Row row) {
    hits.push_back(
        make_hit(segment.numbers(row), search.rank(segment.searchable[row]), segment.summary(row)));
  });
  for (const DeltaEntry* entry : matches.changed) {
    const FilmRow& film = *entry->row;
    hits.push_back(make_hit(film.numbers, search.rank(film.searchable), film.summary));
  }
  return hits;
}

}  // namespace

std::vector<std::string_view> relevance_page(const Matches& matches, const TitleSearch& search,
                                             Window window) {
  if (window.offset >= matches.total()) return {};
  std::vector<Hit> hits = all_hits(matches, search);
  const auto first = hits.begin() + static_cast<std::ptrdiff_t>(window.offset);
  const auto last = hits.begin() + static_cast<std::ptrdiff_t>(
                                       std::min<std::uint64_t>(hits.size(), window.offset + window.limit));
  std::nth_element(hits.begin(), first, hits.end());
  std::partial_sort(first, last, hits.end());
  std::vector<std::string_view> page;
  for (auto hit = first; hit != last; ++hit) page.push_back(hit->summary);
  return page;
}

}  // namespace filmoteka::metadata
