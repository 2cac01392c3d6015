/// What a query found.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/delta.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace filmoteka::metadata {

/// Rows of a segment that match, and how many they are: a set of their own or, where nothing is filtered, one
/// that the snapshot has ready, so that a list of everything costs the same however long it is.
class RowSet {
 public:
  RowSet() = default;
  /// `count`: how many are in `rows`.
  RowSet(Bitmap rows, std::size_t count) : own_(std::move(rows)), count_(count) {}
  /// Refers to `rows`, which must outlive it.
  static RowSet of_snapshot(const Bitmap& rows, std::size_t count) {
    RowSet set;
    set.shared_ = &rows;
    set.count_ = count;
    return set;
  }

  const Bitmap& bitmap() const { return shared_ != nullptr ? *shared_ : own_; }
  std::size_t count() const { return count_; }
  /// All that a list without filters shows.
  bool is_everything() const { return shared_ != nullptr; }

  /// Ascending. A short set is listed the first time, so that the next ones do not look for its rows in all
  /// words again: one thread.
  template <class Visitor>
  void for_each(Visitor visit) const {
    if (count_ > kShort) return bitmap().for_each(visit);
    if (listed_.size() != count_) {
      listed_.reserve(count_);
      bitmap().for_each([this](Row row) { listed_.push_back(row); });
    }
    for (const Row row : listed_) visit(row);
  }

 private:
  static constexpr std::size_t kShort = 65'536;

  Bitmap own_;
  const Bitmap* shared_ = nullptr;
  std::size_t count_ = 0;
  mutable std::vector<Row> listed_;
};

/// Rows of a segment, and films of its delta.
struct Matches {
  RowSet rows;
  std::vector<const DeltaEntry*> changed;

  std::uint64_t total() const { return std::uint64_t{rows.count()} + changed.size(); }
};

}  // namespace filmoteka::metadata
