/// The filters of a ListQuery, made ready to be asked.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/delta.hpp>
#include <metadata/core/catalogue/film_row.hpp>
#include <metadata/core/catalogue/segment.hpp>
#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/facet.hpp>
#include <metadata/core/query/list_query.hpp>
#include <metadata/core/query/title_search.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// Inclusive bounds of a column; films without a value (-1) are below any of them.
struct Bounds {
  static constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

  std::int64_t from = kLowest;
  std::int64_t to = kHighest;
  bool is_open() const { return from == kLowest && to == kHighest; }
  bool contains(std::int64_t value) const { return value >= from && value <= to; }
};

/// Refers to the query, which must outlive it.
class Filter {
 public:
  explicit Filter(const ListQuery& query);

  /// Dimensions that the query filters by.
  DimensionSet filtered() const { return filtered_; }

  struct Rows {
    Bitmap all;  ///< match every filter
    /// By dimension: match every filter but its own. Only those that were wanted and are filtered.
    std::array<std::optional<Bitmap>, kDimensions> without;
  };
  /// The rows of the segment that match, without those that the delta masks.
  Rows rows(const Snapshot& snapshot, DimensionSet wanted) const;
  /// What has been found out of the genres of one delta, by their numbers, so that texts are compared once.
  struct GenreVerdicts {
    std::vector<std::optional<bool>> wanted;
    std::vector<std::optional<bool>> unwanted;
  };
  /// The dimensions whose filters a film of the delta fails; nullopt if it fails what no dimension has.
  std::optional<DimensionSet> failures(const DeltaEntry& film, GenreVerdicts& verdicts) const;
  /// The search, if there is one.
  const std::optional<TitleSearch>& search() const { return search_; }

 private:
  Bitmap base_rows(const Snapshot& snapshot) const;
  void keep(Dimension dimension, const Segment& segment, Bitmap& rows) const;
  void keep_genres(const Segment& segment, Bitmap& rows) const;
  void keep_years(const Segment& segment, Bitmap& rows) const;
  void keep_source(const Segment& segment, Bitmap& rows) const;

  const ListQuery* query_;
  std::vector<std::string> genres_;      // folded, sorted
  std::vector<std::string> genres_not_;  // folded, sorted
  Bounds year_, rating_, views_, duration_, added_, age_rating_;
  std::optional<TitleSearch> search_;
  DimensionSet filtered_ = 0;
};

}  // namespace filmoteka::metadata
