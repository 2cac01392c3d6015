#include <metadata/core/catalogue/order_key.hpp>
#include <metadata/core/query/page_window.hpp>

#include <algorithm>
#include <bit>
#include <tuple>

namespace filmoteka::metadata {
namespace {

// The matching films of the delta in the wanted order, each with its place among the segment's rows.
class OrderedDelta {
 public:
  OrderedDelta(const Matches& matches, SortOrder order);

  std::size_t size() const { return films_.size(); }
  // Brings the first `count` films into their order. Call it before the functions below.
  void sort(std::size_t count);
  const FilmRow& film(std::size_t i) const { return *films_[i].entry->row; }
  // How many rows of the segment's permutation come before film i.
  std::size_t position(std::size_t i) const;

 private:
  struct Film {
    std::uint64_t key;
    const DeltaEntry* entry;
  };
  bool before(const Film& a, const Film& b) const;

  const Segment* segment_;
  SortOrder order_;
  std::vector<Film> films_;
};

OrderedDelta::OrderedDelta(const Matches& matches, SortOrder order)
    : segment_(matches.segment), order_(order) {
  films_.reserve(matches.changed.size());
  for (const DeltaEntry* entry : matches.changed) {
    films_.push_back({order_key(entry->row->numbers, entry->title_position, order), entry});
  }
}

bool OrderedDelta::before(const Film& a, const Film& b) const {
  if (a.key != b.key) return a.key < b.key;
  if (order_.key == SortKey::kTitle) {
    const int compared = a.entry->row->title_key.compare(b.entry->row->title_key);
    if (compared != 0) return order_.descending ? compared > 0 : compared < 0;
  }
  return a.entry->id < b.entry->id;
}

void OrderedDelta::sort(std::size_t count) {
  const auto middle = films_.begin() + static_cast<std::ptrdiff_t>(std::min(count, films_.size()));
  std::partial_sort(films_.begin(), middle, films_.end(),
                    [this](const Film& a, const Film& b) { return before(a, b); });
}

std::size_t OrderedDelta::position(std::size_t i) const {
  const Film& film = films_[i];
  const auto& rows = segment_->orders[order_.index()].rows;
  const auto first = std::partition_point(rows.begin(), rows.end(), [&](Row row) {
    const std::uint64_t title = 2 * std::uint64_t{segment_->title_rank[row]} + 1;
    const std::uint64_t key = order_key(segment_->numbers(row), title, order_);
    return std::tie(key, segment_->id[row]) < std::tie(film.key, film.entry->id);
  });
  return static_cast<std::size_t>(first - rows.begin());
}

// Positions of the matching rows in the permutation: the k-th of them is found without looking at the others.
class MatchingPositions {
 public:
  MatchingPositions(const Matches& matches, const Permutation& order);

  // How many matching rows stand before `position`.
  std::size_t count_before(std::size_t position) const;
  // The position of the matching row that has `index` of them before it; size() if there is none.
  std::size_t select(std::size_t index) const;
  std::size_t next_from(std::size_t position) const;
  std::size_t size() const { return positions_.size(); }

 private:
  Bitmap positions_;
  std::vector<std::uint32_t> counts_;  // matching rows before each word
};

MatchingPositions::MatchingPositions(const Matches& matches, const Permutation& order) {
  const std::size_t size = matches.rows.size();
  const bool mostly_set = matches.row_count > size / 2;
  positions_ = Bitmap(size, mostly_set);
  if (mostly_set) {
    Bitmap others(size, true);
    others.subtract(matches.rows).for_each([&](Row row) { positions_.reset(order.ranks[row]); });
  } else {
    matches.rows.for_each([&](Row row) { positions_.set(order.ranks[row]); });
  }
  std::uint32_t count = 0;
  counts_.reserve(positions_.words().size() + 1);
  for (const std::uint64_t word : positions_.words()) {
    counts_.push_back(count);
    count += static_cast<std::uint32_t>(std::popcount(word));
  }
  counts_.push_back(count);
}

std::size_t MatchingPositions::count_before(std::size_t position) const {
  const std::size_t w = position / Bitmap::kBits;
  if (w >= positions_.words().size()) return counts_.back();
  const std::uint64_t below = (std::uint64_t{1} << (position % Bitmap::kBits)) - 1;
  return counts_[w] + static_cast<std::size_t>(std::popcount(positions_.words()[w] & below));
}

std::size_t MatchingPositions::select(std::size_t index) const {
  if (index >= counts_.back()) return size();
  const auto after = std::upper_bound(counts_.begin(), counts_.end(), index);
  const auto w = static_cast<std::size_t>(after - counts_.begin()) - 1;
  std::uint64_t word = positions_.words()[w];
  for (std::size_t skip = index - counts_[w]; skip > 0; --skip) word &= word - 1;
  return w * Bitmap::kBits + static_cast<std::size_t>(std::countr_zero(word));
}

std::size_t MatchingPositions::next_from(std::size_t position) const {
  return select(count_before(position));
}

// Goes through the permutation from its beginning: best for first pages, where few rows are looked at.
std::vector<std::string_view> walk(const Matches& matches, const Permutation& order, OrderedDelta& delta,
                                   Window window) {
  std::vector<std::string_view> page;
  delta.sort(window.offset + window.limit);
  std::size_t changed = 0;
  std::size_t changed_position = delta.size() > 0 ? delta.position(0) : 0;
  std::uint64_t skip = window.offset;
  for (std::size_t at = 0; page.size() < window.limit;) {
    while (at < order.rows.size() && !matches.rows.test(order.rows[at])) ++at;
    const bool take_changed = changed < delta.size() && changed_position <= at;
    if (!take_changed && at == order.rows.size()) break;
    const std::size_t i = changed;
    const std::size_t position = at;
    if (take_changed) {
      if (++changed < delta.size()) changed_position = delta.position(changed);
    } else {
      ++at;
    }
    if (skip > 0) {
      --skip;
    } else {
      page.push_back(take_changed ? std::string_view(delta.film(i).summary)
                                  : matches.segment->summary(order.rows[position]));
    }
  }
  return page;
}

// Jumps to the page: the cost does not depend on how deep it is.
std::vector<std::string_view> jump(const Matches& matches, const Permutation& order, OrderedDelta& delta,
                                   Window window) {
  const MatchingPositions positions(matches, order);
  delta.sort(delta.size());
  std::size_t low = 0;
  for (std::size_t high = delta.size(); low < high;) {
    const std::size_t middle = low + (high - low) / 2;
    if (middle + positions.count_before(delta.position(middle)) < window.offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<std::string_view> page;
  std::size_t changed = low;
  std::size_t at = positions.select(window.offset - changed);
  while (page.size() < window.limit) {
    if (changed < delta.size() && delta.position(changed) <= at) {
      page.push_back(delta.film(changed++).summary);
    } else if (at < positions.size()) {
      page.push_back(matches.segment->summary(order.rows[at]));
      at = positions.next_from(at + 1);
    } else {
      break;
    }
  }
  return page;
}

}  // namespace

std::vector<std::string_view> ordered_page(const Matches& matches, SortOrder order, Window window) {
  if (window.offset >= matches.total()) return {};
  const Permutation& permutation = matches.segment->orders[order.index()];
  OrderedDelta delta(matches, order);
  const std::uint64_t rows = permutation.rows.size();
  const std::uint64_t walked =
      (window.offset + window.limit) * rows / std::max<std::uint64_t>(1, matches.row_count);
  const std::uint64_t jumped =
      std::min<std::uint64_t>(matches.row_count, rows - matches.row_count) + rows / 16;
  return walked <= jumped ? walk(matches, permutation, delta, window)
                          : jump(matches, permutation, delta, window);
}

}  // namespace filmoteka::metadata
