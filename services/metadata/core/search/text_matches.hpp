/// The films of a snapshot that answer a text query, each with its rank.
#pragma once

#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/search/corrections.hpp>
#include <metadata/core/search/text_query.hpp>
#include <metadata/core/search/text_ranks.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// Good as long as the snapshot. Inactive films are in it too.
class TextMatches {
 public:
  /// Finds `q`, or else what it may have meant.
  TextMatches(const Snapshot& snapshot, std::string_view q);

  /// Of the segment; all of them, and by rank, best first, each in one rank.
  const Bitmap& rows() const { return rows_; }
  const std::vector<RankedRows>& ranked() const { return ranked_; }
  TextRank rank(Row row) const;
  /// Of the delta; kNotFound if it is not among them.
  TextRank rank(const DeltaEntry& film) const {
    return changed_[static_cast<std::size_t>(&film - snapshot_->delta->entries().data())];
  }
  /// What was searched.
  const TextQuery& query() const { return query_; }
  const std::optional<Correction>& correction() const { return correction_; }

 private:
  void find();
  std::vector<RankedRows> ranked_rows(const TextQuery& query, bool descriptions) const;
  /// Calls `visit(position in the delta, rank)`.
  template <class Visitor>
  void for_each_changed(const TextPart& part, const TextQuery& query, bool descriptions, Visitor visit) const;
  /// By names and casts.
  std::optional<FoundBy> best_answer(const TextQuery& query) const;

  const Snapshot* snapshot_;
  TextQuery query_;
  std::optional<Correction> correction_;
  Bitmap rows_;
  std::vector<RankedRows> ranked_;
  std::vector<TextRank> changed_;  ///< by position in the delta
};

}  // namespace filmoteka::metadata
