#include <metadata/core/query/ordered_walk.hpp>

#include <algorithm>
#include <numeric>

namespace filmoteka::metadata {

OrderedWalk::OrderedWalk(const Matches& matches, const Ordering& ordering, const Window& window)
    : rows_(matches.rows.bitmap()),
      is_everything_(matches.rows.is_everything()),
      ordering_(ordering),
      window_(window),
      size_(ordering.rows().size()),
      first_(window.backwards && size_ > 0 ? &ordering.rows().back() : ordering.rows().data()),
      step_(window.backwards ? -1 : 1) {
  changed_.reserve(matches.changed.size());
  for (const DeltaEntry* entry : matches.changed) {
    const Place place = ordering.place(*entry);
    if (!window.from || goes_first(*window.from, place)) changed_.push_back({place, entry});
  }
  if (window.from) {
    at_ = position_of(*window.from);
    // The film of the place itself.
    if (at_ < size_ && !goes_first(*window.from, ordering.place(row(at_)))) ++at_;
  }
}

// How many rows go before the place.
std::size_t OrderedWalk::position_of(const Place& place) const {
  std::size_t first = 0;
  for (std::size_t count = size_; count > 0;) {
    const std::size_t half = count / 2;
    if (goes_first(ordering_.place(row(first + half)), place)) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first;
}

std::size_t OrderedWalk::count_rows(std::size_t begin, std::size_t end) const {
  std::size_t count = 0;
  for (std::size_t at = begin; at < end; ++at) count += is_match(at) ? 1U : 0U;
  return count;
}

bool OrderedWalk::spend(std::uint64_t steps) {
  if (steps > steps_left_) return false;
  steps_left_ -= steps;
  return true;
}

// Of everything: by block. The active rows are counted ready; those that the delta masks are looked up.
std::vector<std::uint64_t> OrderedWalk::visible_before() const {
  const Snapshot& snapshot = ordering_.snapshot();
  const OrderRanks& ranks = snapshot.active_before(ordering_.sort().order);
  std::vector<std::uint64_t> before(ranks.begin(), ranks.end());
  if (snapshot.delta->masked_count() == 0) return before;
  std::vector<Place> blocks;
  for (std::size_t first = 0; first < size_; first += kRankBlock) {
    blocks.push_back(ordering_.place(row(first)));
  }
  std::vector<std::uint64_t> gone(before.size());
  snapshot.delta->masked().for_each([&](Row masked) {
    if (!snapshot.segment->active.test(masked)) return;
    const auto behind = std::upper_bound(
        blocks.begin(), blocks.end(), ordering_.place(masked),
        [this](const Place& place, const Place& block) { return ordering_.before(place, block); });
    ++gone[static_cast<std::size_t>(behind - blocks.begin())];
  });
  std::partial_sum(gone.begin(), gone.end(), gone.begin());
  for (std::size_t block = 0; block < before.size(); ++block) before[block] -= gone[block];
  return before;
}

// How many matching rows come before each block of kRankBlock positions, until there are more than `count`;
// nullopt if the steps do not suffice.
std::optional<std::vector<std::uint64_t>> OrderedWalk::rows_before(std::uint64_t count) {
  if (is_everything_ && !window_.backwards) return visible_before();
  std::vector<std::uint64_t> before{0};
  for (std::size_t begin = 0; begin < size_ && before.back() <= count; begin += kRankBlock) {
    const std::size_t end = std::min(begin + kRankBlock, size_);
    if (!spend(end - begin)) return std::nullopt;
    before.push_back(before.back() + count_rows(begin, end));
  }
  return before;
}

// The delta is never sorted for this: its films are split (as quickselect does) by how many films go before.
bool OrderedWalk::skip(std::uint64_t count) {
  const auto counted = rows_before(count);
  if (!counted) return false;
  const std::vector<std::uint64_t>& before = *counted;
  const auto matches_before = [&](std::size_t position) {
    const std::size_t block = std::min(position / kRankBlock, before.size() - 1);
    // Behind the last block counted are more than `count` anyway.
    return before[block] + (block + 1 < before.size() ? count_rows(block * kRankBlock, position) : 0);
  };
  const auto by_place = [this](const Changed& a, const Changed& b) {
    return goes_first(a.place, b.place);
  };
  const auto nth = [this](std::size_t n) {
    return changed_.begin() + static_cast<std::ptrdiff_t>(n);
  };
  std::size_t low = 0;
  for (std::size_t high = changed_.size(); low < high;) {
    const std::size_t middle = low + (high - low) / 2;
    std::nth_element(nth(low), nth(middle), nth(high), by_place);
    if (middle + matches_before(position_of(changed_[middle].place)) < count) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  next_changed_ = low;
  std::uint64_t left = count - low;
  const auto block = std::upper_bound(before.begin(), before.end(), left) - before.begin() - 1;
  at_ = std::min(static_cast<std::size_t>(block) * kRankBlock, size_);
  left -= before[static_cast<std::size_t>(block)];
  for (; left > 0; ++at_) left -= is_match(at_) ? 1U : 0U;
  return true;
}

// False if the steps do not suffice.
bool OrderedWalk::take_rows(std::size_t end, std::vector<FilmRef>& page) {
  const std::size_t begin = at_;
  const std::size_t stop = begin + std::min<std::size_t>(end - std::min(begin, end), steps_left_);
  for (; at_ < stop && page.size() < window_.limit; ++at_) {
    if (is_match(at_)) page.push_back({nullptr, row(at_)});
  }
  steps_left_ -= at_ - begin;
  return at_ >= end || page.size() == window_.limit;
}

std::optional<std::vector<FilmRef>> OrderedWalk::page(std::uint64_t steps) {
  steps_left_ = steps;
  if (window_.skip > 0 && !skip(window_.skip)) return std::nullopt;
  const auto first = changed_.begin() + static_cast<std::ptrdiff_t>(next_changed_);
  const auto last = first + std::min(changed_.end() - first, static_cast<std::ptrdiff_t>(window_.limit));
  std::partial_sort(first, last, changed_.end(),
                    [this](const Changed& a, const Changed& b) { return goes_first(a.place, b.place); });
  std::vector<FilmRef> page;
  for (auto film = first; film != last && page.size() < window_.limit; ++film) {
    if (!take_rows(position_of(film->place), page)) return std::nullopt;
    if (page.size() < window_.limit) page.push_back({film->entry, 0});
  }
  if (!take_rows(size_, page)) return std::nullopt;
  return page;
}

}  // namespace filmoteka::metadata
