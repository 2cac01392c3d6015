/// Collects films and makes a Segment of them: for the start, and for merges.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/run_all.hpp>
#include <metadata/core/catalogue/segment.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace filmoteka::metadata {

/// Hears how many parts of an index are done, out of how many. From any thread.
using IndexProgress = std::function<void(std::size_t done, std::size_t all)>;

/// One thread at a time. To load on several threads give each a builder for a range of ids, and append them
/// in ascending order of their ranges.
class SegmentBuilder {
 public:
  explicit SegmentBuilder(FilmsKept kept = FilmsKept::kWhole);
  ~SegmentBuilder();
  SegmentBuilder(SegmentBuilder&&) noexcept;
  SegmentBuilder& operator=(SegmentBuilder&&) noexcept;

  void reserve(std::size_t films);
  /// Ids must ascend from call to call, over all three ways of adding: throws invalid_argument otherwise.
  void add(const domain::Movie& movie);
  void add(const FilmRow& row);  ///< of a delta: it has its slot for views
  /// The rows `first` … `last` - 1. All copies are of one segment, which must outlive finish(): its orders
  /// are taken over, only what was added besides is sorted.
  void add(const Segment& segment, Row first, Row last);
  /// Takes all films of `other`, whose ids must be higher than all here. Neither may hold copies.
  void append(SegmentBuilder&& other);

  std::size_t size() const;
  /// Sorts and indexes. `views` is where the films' local views are counted from now on: those of movies that
  /// were added get a slot, rows keep theirs. The builder is empty afterwards. The work is done on `threads`
  /// threads. Throws what `checkpoint` does, which is called before each part of the work.
  std::shared_ptr<const Segment> finish(ViewCounts& views, std::size_t threads = 1,
                                        const IndexProgress& progress = {},
                                        const Checkpoint& checkpoint = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace filmoteka::metadata
