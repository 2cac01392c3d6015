#include <metadata/core/catalogue/bit_count.hpp>
#include <metadata/core/catalogue/bit_logic.hpp>
#include <metadata/core/query/filter.hpp>
#include <metadata/core/query/within.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace filmoteka::metadata {
namespace {

// All filters are held against so many words of the base before the next ones, so that what is between stays
// in the processor's nearest cache and only results are written to memory.
constexpr std::size_t kBlock = 64;
using Block = std::array<std::uint64_t, kBlock>;
using Words = std::span<std::uint64_t>;

template <class T>
std::span<const T> rows_of(const std::vector<T>& column, std::size_t first_word, Words words) {
  const std::size_t first = first_word * Bitmap::kBits;
  return std::span(column).subspan(first, std::min(column.size() - first, words.size() * Bitmap::kBits));
}

// Removes the rows whose value is not within the bounds.
template <class T>
void keep_bounds(const std::vector<T>& column, const Bounds& bounds, std::size_t first_word, Words words) {
  using Limits = std::numeric_limits<T>;
  if (bounds.from > std::int64_t{Limits::max()} || bounds.to < std::int64_t{Limits::min()}) {
    std::fill(words.begin(), words.end(), 0);
    return;
  }
  const T from = static_cast<T>(std::max<std::int64_t>(bounds.from, Limits::min()));
  const T to = static_cast<T>(std::min<std::int64_t>(bounds.to, Limits::max()));
  keep_within(rows_of(column, first_word, words), from, to, words);
}

template <class T>
void keep_bounds(const std::vector<T>& column, const CoarseColumn& coarse, const Bounds& bounds,
                 std::size_t first_word, Words words) {
  if (bounds.is_open()) return;
  keep_within(rows_of(column, first_word, words), coarse, rows_of(coarse.group, first_word, words),
              bounds.from, bounds.to, words);
}

void keep_any(const std::vector<const Posting*>& postings, std::size_t first_word, Words words) {
  if (postings.size() == 1 && postings.front()->is_dense()) {
    return keep_bits(words, postings.front()->dense_words().subspan(first_word));
  }
  Block any{};
  for (const Posting* posting : postings) posting->add_to(Words(any).first(words.size()), first_word);
  keep_bits(words, any);
}

// A bitmap that is made block by block, and counted on the way.
class FoundRows {
 public:
  explicit FoundRows(std::size_t size) : rows_(size) {}

  void put(std::size_t first_word, Words words) {
    std::copy(words.begin(), words.end(), rows_.words().subspan(first_word).begin());
    count_ += count_bits(words);
  }
  RowSet take() { return {std::move(rows_), count_}; }

 private:
  Bitmap rows_;
  std::size_t count_ = 0;
};

}  // namespace

bool Filter::has_base_filters() const {
  return !genres_not_.empty() || !views_.is_open() || !added_.is_open() || text_ != nullptr ||
         query_->has_image || query_->include_inactive;
}

// What matches the filters that are of no dimension.
Bitmap Filter::base_rows(const Snapshot& snapshot) const {
  const Segment& segment = *snapshot.segment;
  const Delta& delta = *snapshot.delta;
  Bitmap rows = query_->include_inactive ? Bitmap(segment.size(), true) : delta.visible(segment);
  if (query_->include_inactive && delta.masked_count() != 0) rows.subtract(delta.masked());
  if (query_->has_image) *query_->has_image ? rows &= segment.has_image : rows.subtract(segment.has_image);
  for (const SpellingPosting& spelling : segment.spellings) {
    if (genres_not_.empty()) break;
    if (std::binary_search(genres_not_.begin(), genres_not_.end(), spelling.genre.folded)) {
      spelling.films.rows.remove_from(rows);
    }
  }
  keep_bounds(snapshot.views_order->views, snapshot.views_order->coarse, views_, 0, rows.words());
  keep_bounds(segment.added_at, segment.added_at_coarse, added_, 0, rows.words());
  if (text_ != nullptr) rows &= text_->rows();
  return rows;
}

// What matches all but one is the base and the products of what stands before and behind that one.
Filter::Rows Filter::rows(const Snapshot& snapshot, DimensionSet wanted) const {
  const Segment& segment = *snapshot.segment;
  const Delta& delta = *snapshot.delta;
  Rows result;
  if (filtered_ == 0 && !has_base_filters()) {
    result.all = RowSet::of_snapshot(delta.visible(segment), delta.visible_count(segment));
    return result;
  }
  std::optional<Bitmap> own;
  if (has_base_filters()) own = base_rows(snapshot);
  const auto base = (own ? *own : delta.visible(segment)).words();
  const std::vector<Ready> filters = ready_for(segment);
  FoundRows all(segment.size());
  std::vector<std::optional<FoundRows>> without(filters.size());
  for (std::size_t i = 0; i < filters.size(); ++i) {
    if ((wanted & bit(filters[i].dimension)) != 0) without[i].emplace(segment.size());
  }
  std::vector<Block> kept(filters.size());
  for (std::size_t first = 0; first < base.size(); first += kBlock) {
    const auto words = base.subspan(first, std::min(kBlock, base.size() - first));
    Block before{};
    std::copy(words.begin(), words.end(), before.begin());
    const auto used = [&](Block& block) {
      return Words(block).first(words.size());
    };
    for (std::size_t i = 0; i < filters.size(); ++i) {
      kept[i] = before;
      keep(filters[i], segment, first, used(kept[i]));
    }
    for (std::size_t i = 0; i < filters.size(); ++i) {
      if (without[i]) {
        Block others = before;
        for (std::size_t j = i + 1; j < filters.size(); ++j) keep_bits(used(others), kept[j]);
        without[i]->put(first, used(others));
      }
      keep_bits(used(before), kept[i]);
    }
    all.put(first, used(before));
  }
  result.all = all.take();
  for (std::size_t i = 0; i < filters.size(); ++i) {
    if (without[i]) result.without[static_cast<std::size_t>(filters[i].dimension)] = without[i]->take();
  }
  return result;
}

std::vector<Filter::Ready> Filter::ready_for(const Segment& segment) const {
  std::vector<Ready> ready;
  for (std::size_t i = 0; i < kDimensions; ++i) {
    if ((filtered_ >> i & 1) != 0) ready.push_back(ready_for(static_cast<Dimension>(i), segment));
  }
  return ready;
}

Filter::Ready Filter::ready_for(Dimension dimension, const Segment& segment) const {
  constexpr std::size_t kFewYears = 4;
  Ready ready{dimension, true, {}};
  if (dimension == Dimension::kGenre) {
    for (const GenrePosting& genre : segment.genres) {
      if (std::binary_search(genres_.begin(), genres_.end(), segment.spellings[genre.first].genre.folded)) {
        ready.any_of.push_back(&segment.films(genre).rows);
      }
    }
  } else if (dimension == Dimension::kSource) {
    const auto found = std::find(segment.sources.begin(), segment.sources.end(), *query_->source);
    if (found != segment.sources.end()) {
      const auto source = static_cast<std::size_t>(found - segment.sources.begin());
      ready.any_of.push_back(&segment.source_rows[source].rows);
    }
  } else if (dimension == Dimension::kYear) {
    for (const NumberPosting& posting : segment.years) {
      if (year_.contains(posting.value)) ready.any_of.push_back(&posting.films.rows);
    }
    ready.by_postings = ready.any_of.size() <= kFewYears;
  } else {
    ready.by_postings = false;
  }
  return ready;
}

void Filter::keep(const Ready& ready, const Segment& segment, std::size_t first_word, Words words) const {
  if (ready.by_postings) return keep_any(ready.any_of, first_word, words);
  if (ready.dimension == Dimension::kYear) return keep_bounds(segment.year, year_, first_word, words);
  if (ready.dimension == Dimension::kRating) return keep_bounds(segment.rating, rating_, first_word, words);
  if (ready.dimension == Dimension::kAgeRating) {
    return keep_bounds(segment.age_rating, age_rating_, first_word, words);
  }
  keep_bounds(segment.duration, segment.duration_coarse, duration_, first_word, words);
}

}  // namespace filmoteka::metadata
