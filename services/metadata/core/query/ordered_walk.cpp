#include <metadata/core/query/ordered_walk.hpp>

#include <algorithm>

namespace filmoteka::metadata {

OrderedWalk::OrderedWalk(const Matches& matches, const Ordering& ordering, const Window& window)
    : matches_(matches),
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
  for (std::size_t at = begin; at < end; ++at) count += matches_.rows.test(row(at)) ? 1U : 0U;
  return count;
}

// The delta is never sorted for this: its films are split (as quickselect does) by how many films go before.
void OrderedWalk::skip(std::uint64_t count) {
  constexpr std::size_t kBlock = 4'096;
  std::vector<std::uint64_t> rows_before{0};  // by block
  while (rows_before.back() <= count && (rows_before.size() - 1) * kBlock < size_) {
    const std::size_t begin = (rows_before.size() - 1) * kBlock;
    rows_before.push_back(rows_before.back() + count_rows(begin, std::min(begin + kBlock, size_)));
  }
  const auto matches_before = [&](std::size_t position) {
    const std::size_t block = std::min(position / kBlock, rows_before.size() - 1);
    // Behind the last block counted are more than `count` anyway.
    return rows_before[block] + (block + 1 < rows_before.size() ? count_rows(block * kBlock, position) : 0);
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
  const auto block = std::upper_bound(rows_before.begin(), rows_before.end(), left) - rows_before.begin() - 1;
  at_ = std::min(static_cast<std::size_t>(block) * kBlock, size_);
  left -= rows_before[static_cast<std::size_t>(block)];
  for (; left > 0; ++at_) left -= matches_.rows.test(row(at_)) ? 1U : 0U;
}

void OrderedWalk::take_rows(std::size_t end, std::vector<FilmRef>& page) {
  for (; at_ < end && page.size() < window_.limit; ++at_) {
    if (matches_.rows.test(row(at_))) page.push_back({nullptr, row(at_)});
  }
}

std::vector<FilmRef> OrderedWalk::page() {
  if (window_.skip > 0) skip(window_.skip);
  const auto first = changed_.begin() + static_cast<std::ptrdiff_t>(next_changed_);
  const auto last = first + std::min(changed_.end() - first, static_cast<std::ptrdiff_t>(window_.limit));
  std::partial_sort(first, last, changed_.end(),
                    [this](const Changed& a, const Changed& b) { return goes_first(a.place, b.place); });
  std::vector<FilmRef> page;
  for (auto film = first; film != last && page.size() < window_.limit; ++film) {
    take_rows(position_of(film->place), page);
    if (page.size() < window_.limit) page.push_back({film->entry, 0});
  }
  take_rows(size_, page);
  return page;
}

}  // namespace filmoteka::metadata
