/// A walk over a permutation, with the delta's films where they belong.
#pragma once

#include <metadata/core/query/matches.hpp>
#include <metadata/core/query/page_window.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace filmoteka::metadata {

/// For one page. The arguments must outlive it. Positions count in the direction of the window.
class OrderedWalk {
 public:
  OrderedWalk(const Matches& matches, const Ordering& ordering, const Window& window);

  /// The films in the direction of the window; nullopt if more than `steps` rows would have to be passed.
  std::optional<std::vector<FilmRef>> page(std::uint64_t steps);

 private:
  struct Changed {
    Place place;
    const DeltaEntry* entry;
  };
  Row row(std::size_t position) const { return first_[static_cast<std::ptrdiff_t>(position) * step_]; }
  bool goes_first(const Place& a, const Place& b) const {
    return window_.backwards ? ordering_.before(b, a) : ordering_.before(a, b);
  }
  bool is_match(std::size_t position) const { return rows_.test(row(position)); }
  std::size_t position_of(const Place& place) const;
  std::vector<std::uint64_t> visible_before() const;
  std::optional<std::vector<std::uint64_t>> rows_before(std::uint64_t count);
  bool spend(std::uint64_t steps);
  bool skip(std::uint64_t count);
  std::size_t count_rows(std::size_t begin, std::size_t end) const;
  bool take_rows(std::size_t end, std::vector<FilmRef>& page);

  const Bitmap& rows_;
  const bool is_everything_;
  const Ordering& ordering_;
  const Window& window_;
  std::size_t size_;
  const Row* first_;
  std::ptrdiff_t step_;
  std::vector<Changed> changed_;  // those of the window; not sorted
  std::size_t at_ = 0;            // the next position
  std::size_t next_changed_ = 0;  // those before are passed
  std::uint64_t steps_left_ = 0;
};

}  // namespace filmoteka::metadata
