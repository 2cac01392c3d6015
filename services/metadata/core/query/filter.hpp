/// The filters of a ListQuery, made ready to be asked.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/delta.hpp>
#include <metadata/core/catalogue/film_row.hpp>
#include <metadata/core/catalogue/segment.hpp>
#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/bounds.hpp>
#include <metadata/core/query/facet.hpp>
#include <metadata/core/query/list_query.hpp>
#include <metadata/core/query/matches.hpp>
#include <metadata/core/search/text_matches.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// Refers to its arguments, which must outlive it.
class Filter {
 public:
  /// `text`: what answers the query's `q` in the snapshot that is asked; null: there is no `q`.
  Filter(const ListQuery& query, const TextMatches* text);

  /// Dimensions that the query filters by.
  DimensionSet filtered() const { return filtered_; }

  struct Rows {
    RowSet all;  ///< match every filter
    /// By dimension: match every filter but its own. Only those that were wanted and are filtered.
    std::array<std::optional<RowSet>, kDimensions> without;
  };
  /// The rows of the segment that match, without those that the delta masks. The snapshot must outlive them.
  Rows rows(const Snapshot& snapshot, DimensionSet wanted) const;
  /// What has been found out of the genres of one delta, by their numbers, so that texts are compared once.
  struct GenreVerdicts {
    std::vector<std::optional<bool>> wanted;
    std::vector<std::optional<bool>> unwanted;
  };
  /// The dimensions whose filters a film of the delta fails; nullopt if it fails what no dimension has.
  std::optional<DimensionSet> failures(const DeltaEntry& film, GenreVerdicts& verdicts) const;
  /// Of the values that films are sorted by: no film outside of them matches. Open for titles.
  Bounds bounds(SortKey key) const;

 private:
  /// The filter of one dimension, made ready for a segment: any of some postings, or a range of a column.
  struct Ready {
    Dimension dimension{};
    bool by_postings = false;
    std::vector<const Posting*> any_of{};
  };
  bool has_base_filters() const;
  Bitmap base_rows(const Snapshot& snapshot) const;
  std::vector<Ready> ready_for(const Segment& segment) const;
  Ready ready_for(Dimension dimension, const Segment& segment) const;
  void keep(const Ready& ready, const Segment& segment, std::size_t first_word,
            std::span<std::uint64_t> words) const;

  const ListQuery* query_;
  std::vector<std::string> genres_;      // folded, sorted
  std::vector<std::string> genres_not_;  // folded, sorted
  Bounds year_, rating_, views_, duration_, added_, age_rating_;
  const TextMatches* text_;
  DimensionSet filtered_ = 0;
};

}  // namespace filmoteka::metadata
