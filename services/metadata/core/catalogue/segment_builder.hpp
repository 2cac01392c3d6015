/// Collects films and makes a Segment of them: for the start, and for merges.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/segment.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace filmoteka::metadata {

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
  void add(const Segment& segment, Row row);
  /// Takes all films of `other`, whose ids must be higher than all here.
  void append(SegmentBuilder&& other);

  std::size_t size() const;
  /// Sorts and indexes. `views` is where the films' local views are counted from now on: those of movies that
  /// were added get a slot, rows keep theirs. The builder is empty afterwards. The work is done on `threads`
  /// threads.
  std::shared_ptr<const Segment> finish(ViewCounts& views, std::size_t threads = 1);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace filmoteka::metadata
