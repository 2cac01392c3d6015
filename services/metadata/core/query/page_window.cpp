#include <metadata/core/query/ordered_walk.hpp>
#include <metadata/core/query/page_window.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

// A row that is looked at alone, with its keys, costs as much as so many steps of a walk.
constexpr std::uint64_t kStepsOfARow = 12;

struct Candidate {
  Place place;
  FilmRef film;
};

// Looks at every match: for few of them, and for relevance, which has no permutation.
std::vector<FilmRef> gather(const Matches& matches, const Ordering& ordering, const Window& window) {
  const auto first = [&](const Place& a, const Place& b) {
    return window.backwards ? ordering.before(b, a) : ordering.before(a, b);
  };
  std::vector<Candidate> found;
  found.reserve(matches.total());
  const auto add = [&](const Place& place, const FilmRef& film) {
    if (!window.from || first(*window.from, place)) found.push_back({place, film});
  };
  matches.rows.for_each([&](Row row) { add(ordering.place(row), {nullptr, row}); });
  for (const DeltaEntry* film : matches.changed) add(ordering.place(*film), {film, 0});

  const auto nth = [&found](std::uint64_t n) {
    return found.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(n, found.size()));
  };
  const auto begin = nth(window.skip);
  const auto end = nth(window.skip + window.limit);
  const auto by_place = [&](const Candidate& a, const Candidate& b) {
    return first(a.place, b.place);
  };
  std::nth_element(found.begin(), begin, found.end(), by_place);
  std::partial_sort(begin, end, found.end(), by_place);
  std::vector<FilmRef> page;
  for (auto candidate = begin; candidate != end; ++candidate) page.push_back(candidate->film);
  return page;
}

// The way along the permutation to the end of the window, if the matches lie evenly in it.
std::uint64_t steps_expected(const Matches& matches, const Ordering& ordering, const Window& window) {
  const std::uint64_t rows = ordering.rows().size();
  const std::uint64_t wanted = window.skip + window.limit;
  return std::min(rows, wanted * rows / std::max<std::uint64_t>(1, matches.rows.count()));
}

// A walk, if that promises to be cheaper than to look at every match. It is given up where the promise is not
// kept, so that one that was misjudged costs twice at most.
std::optional<std::vector<FilmRef>> walk(const Matches& matches, const Ordering& ordering,
                                         const Window& window) {
  if (ordering.sort().by_relevance) return std::nullopt;
  const std::uint64_t steps = matches.total() * kStepsOfARow;
  if (steps_expected(matches, ordering, window) > steps) return std::nullopt;
  return OrderedWalk(matches, ordering, window).page(steps);
}

}  // namespace

std::vector<FilmRef> find_page(const Matches& matches, const Ordering& ordering, const Window& window) {
  if (window.limit == 0 || window.skip >= matches.total()) return {};
  auto page = walk(matches, ordering, window);
  if (!page) page = gather(matches, ordering, window);
  if (window.backwards) std::reverse(page->begin(), page->end());
  return std::move(*page);
}

}  // namespace filmoteka::metadata
