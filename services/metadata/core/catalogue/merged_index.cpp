#include <metadata/core/catalogue/delta.hpp>
#include <metadata/core/catalogue/merged_index.hpp>
#include <metadata/core/catalogue/order_key.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace filmoteka::metadata {
namespace {

/// A row that is no copy, and where its title stands among the older segment's.
struct OtherTitle {
  std::string_view key;
  Row row = 0;
  std::uint64_t position = 0;
};

std::vector<OtherTitle> sorted_titles(const TextColumn& keys, const std::vector<Row>& rows,
                                      const TextColumn& old_keys) {
  std::vector<OtherTitle> titles;
  titles.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    titles.push_back({keys[i], rows[i], title_position(old_keys, keys[i])});
  }
  std::sort(titles.begin(), titles.end(),
            [](const OtherTitle& a, const OtherTitle& b) { return a.key < b.key; });
  return titles;
}

// The older segment's ranks that some row here still has.
Bitmap ranks_in_use(const CopiedRows& copied, const std::vector<OtherTitle>& others) {
  Bitmap used(copied.from->title_keys.size());
  for (Row row = 0; row < copied.become.size(); ++row) {
    if (copied.become[row] != kLeftOut) used.set(copied.from->title_rank[row]);
  }
  for (const OtherTitle& title : others) {
    if (title.position % 2 == 1) used.set(title.position / 2);
  }
  return used;
}

std::uint32_t last_rank(const Segment& segment) {
  return static_cast<std::uint32_t>(segment.title_keys.size() - 1);
}

FilmNumbers number_of(const Segment& segment, Row row, SortKey key) {
  FilmNumbers film;  // one column only: the others would be read for nothing
  switch (key) {
    case SortKey::kRating:
      film.rating = segment.rating[row];
      break;
    case SortKey::kYear:
      film.year = segment.year[row];
      break;
    case SortKey::kAddedAt:
      film.added_at = segment.added_at[row];
      break;
    case SortKey::kDuration:
      film.duration = segment.duration[row];
      break;
    case SortKey::kTitle:
    case SortKey::kViews:
      break;
  }
  return film;
}

std::uint64_t title_of(const Segment& segment, Row row, SortKey key) {
  return key == SortKey::kTitle ? 2 * std::uint64_t{segment.title_rank[row]} + 1 : 0;
}

using Place = std::pair<std::uint64_t, domain::MovieId>;

Place place_of(const Segment& segment, Row row, SortOrder order, std::uint64_t title) {
  return {order_key(number_of(segment, row, order.key), title, order), segment.id[row]};
}

/// A row that is no copy: its place here, and as it would be in the older segment.
struct OtherRow {
  Place place;
  Place old_place;
  Row row = 0;
};

std::vector<OtherRow> sorted_others(const Segment& segment, SortOrder order, const CopiedRows& copied) {
  std::vector<OtherRow> others;
  for (const Row row : copied.others(segment.size())) {
    const Place place = place_of(segment, row, order, title_of(segment, row, order.key));
    if (order.key != SortKey::kTitle) {
      others.push_back({place, place, row});
      continue;
    }
    const std::string_view key = segment.title_keys[segment.title_rank[row]];
    const std::uint64_t old_title = title_position(copied.from->title_keys, key);
    others.push_back({place, place_of(segment, row, order, old_title), row});
  }
  std::sort(others.begin(), others.end(),
            [](const OtherRow& a, const OtherRow& b) { return a.place < b.place; });
  return others;
}

}  // namespace

void merge_titles(Segment& segment, const TextColumn& keys_of_others, const CopiedRows& copied) {
  const TextColumn& old_keys = copied.from->title_keys;
  const auto others = sorted_titles(keys_of_others, copied.others(segment.size()), old_keys);
  const Bitmap used = ranks_in_use(copied, others);
  std::vector<std::uint32_t> become(old_keys.size());
  segment.title_rank.resize(segment.size());
  auto other = others.begin();
  // Those that stand between old titles `rank` - 1 and `rank`.
  const auto add_new_before = [&](std::uint64_t rank) {
    for (std::string_view last; other != others.end() && other->position == 2 * rank; ++other) {
      if (last.data() == nullptr || other->key != last) segment.title_keys.push_back(other->key);
      last = other->key;
      segment.title_rank[other->row] = last_rank(segment);
    }
  };
  for (std::size_t rank = 0; rank < old_keys.size(); ++rank) {
    add_new_before(rank);
    if (!used.test(rank)) continue;
    segment.title_keys.push_back(old_keys[rank]);
    become[rank] = last_rank(segment);
    for (; other != others.end() && other->position == 2 * rank + 1; ++other) {
      segment.title_rank[other->row] = become[rank];
    }
  }
  add_new_before(old_keys.size());
  for (Row row = 0; row < copied.become.size(); ++row) {
    if (copied.become[row] == kLeftOut) continue;
    segment.title_rank[copied.become[row]] = become[copied.from->title_rank[row]];
  }
}

std::vector<Row> merged_order(const Segment& segment, SortOrder order, const CopiedRows& copied) {
  const Segment& from = *copied.from;
  const std::vector<Row>& old = from.orders[order.index()];
  std::vector<Row> rows;
  rows.reserve(segment.size());
  auto next = old.begin();
  const auto copy_until = [&](std::vector<Row>::const_iterator end) {
    for (; next != end; ++next) {
      if (copied.become[*next] != kLeftOut) rows.push_back(copied.become[*next]);
    }
  };
  for (const OtherRow& other : sorted_others(segment, order, copied)) {
    copy_until(std::partition_point(next, old.end(), [&](Row row) {
      return place_of(from, row, order, title_of(from, row, order.key)) < other.old_place;
    }));
    rows.push_back(other.row);
  }
  copy_until(old.end());
  return rows;
}

}  // namespace filmoteka::metadata
