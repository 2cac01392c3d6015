#include <metadata/core/query/ordered_walk.hpp>
#include <metadata/core/query/page_window.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::metadata {
namespace {

// A row that is looked at alone, with its keys, costs as much as so many steps of a walk.
constexpr std::uint64_t kStepsOfARow = 12;

struct Candidate {
  Place place;
  FilmRef film;
};

// Looks at every match: for few of them.
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
  const std::uint64_t steps = matches.total() * kStepsOfARow;
  if (steps_expected(matches, ordering, window) > steps) return std::nullopt;
  return OrderedWalk(matches, ordering, window).page(steps);
}

// The list by relevance is one list by views behind another.
class ByRelevance {
 public:
  ByRelevance(const Matches& matches, const Ordering& ordering, const Window& window)
      : matches_(matches),
        text_(ordering.text()),
        window_(window),
        by_views_(ordering.snapshot(), ListSort{false, {SortKey::kViews, true}}, nullptr, {}),
        skip_(window.skip) {
    for (const DeltaEntry* film : matches.changed) changed_[text_.rank(*film)].push_back(film);
  }

  /// In the order of the list.
  std::vector<FilmRef> page() {
    const int first = window_.backwards ? kRanks - 1 : 0;
    const int step = window_.backwards ? -1 : 1;
    for (int rank = first; rank >= 0 && rank < kRanks && page_.size() < window_.limit; rank += step) {
      add(static_cast<TextRank>(rank));
    }
    return std::move(page_);
  }

 private:
  static constexpr int kRanks = static_cast<int>(kTextRanks);

  void add(TextRank rank) {
    const std::uint64_t from = window_.from ? window_.from->keys[0] : rank;
    if (window_.backwards ? rank > from : rank < from) return;
    const Matches of_rank = with_rank(rank);
    if (of_rank.total() == 0) return;
    if (skip_ >= of_rank.total()) {
      skip_ -= of_rank.total();
      return;
    }
    Window window{{}, window_.backwards, std::exchange(skip_, 0), window_.limit - page_.size()};
    if (window_.from && rank == from) window.from = Place{{window_.from->keys[1]}, {}, window_.from->id};
    const std::vector<FilmRef> films = find_page(of_rank, by_views_, window);
    page_.insert(window_.backwards ? page_.begin() : page_.end(), films.begin(), films.end());
  }

  Matches with_rank(TextRank rank) {
    Matches of_rank{{}, std::move(changed_[rank])};
    const auto& ranked = text_.ranked();
    const auto found =
        std::find_if(ranked.begin(), ranked.end(), [rank](const RankedRows& of) { return of.rank == rank; });
    if (found == ranked.end() && of_rank.changed.empty()) return of_rank;
    const Bitmap& all = matches_.rows.bitmap();
    Bitmap rows = found != ranked.end() ? found->rows : Bitmap(all.size());
    rows &= all;
    const std::size_t count = rows.count();
    of_rank.rows = RowSet(std::move(rows), count);
    return of_rank;
  }

  const Matches& matches_;
  const TextMatches& text_;
  const Window& window_;
  const Ordering by_views_;
  std::uint64_t skip_;
  std::array<std::vector<const DeltaEntry*>, kTextRanks> changed_;
  std::vector<FilmRef> page_;
};

}  // namespace

std::vector<FilmRef> find_page(const Matches& matches, const Ordering& ordering, const Window& window) {
  if (window.limit == 0 || window.skip >= matches.total()) return {};
  if (ordering.sort().by_relevance) return ByRelevance(matches, ordering, window).page();
  auto page = walk(matches, ordering, window);
  if (!page) page = gather(matches, ordering, window);
  if (window.backwards) std::reverse(page->begin(), page->end());
  return std::move(*page);
}

}  // namespace filmoteka::metadata
