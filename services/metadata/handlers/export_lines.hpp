/// The lines of an export, both ways: films and deletions in the order of their revisions, then the pairs of
/// films that may be the same, then the end, without which an export is not whole. Pure.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/write/holdings.hpp>
#include <metadata/core/write/write.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::metadata {

/// The last line: what there was of each kind, and the store's counters.
struct ExportEnd {
  Counters counters;
  std::int64_t films = 0;
  std::int64_t deletions = 0;
  std::int64_t reviews = 0;
  bool operator==(const ExportEnd&) const = default;
};

using ExportLine = std::variant<domain::Movie, RestoreMovies::Deletion, StoredReview, ExportEnd>;

/// Appends the line without its line break.
void append_export_line(std::string& out, const domain::Movie& movie);
void append_export_line(std::string& out, const RestoreMovies::Deletion& deletion);
void append_export_line(std::string& out, const StoredReview& review);
void append_export_line(std::string& out, const ExportEnd& end);

/// What append_export_line() wrote; films as restored_film() has them. kInvalidArgument: it is none.
Result<ExportLine> read_export_line(std::string_view line, Timestamp now);

/// Puts the lines of one export in order, piece by piece.
class ExportText {
 public:
  /// `deletions` ascending by revision.
  ExportText(Counters counters, std::vector<RestoreMovies::Deletion> deletions,
             std::vector<StoredReview> reviews);

  /// The next piece of text, never empty. `films`: the next ones, ascending by revision; none at the end,
  /// after which this is asked until is_finished().
  std::string next(const std::vector<domain::Movie>& films);
  bool is_finished() const { return is_finished_; }

 private:
  template <class Line>
  void add(std::string& out, const Line& line);
  void add_deletions_before(std::string& out, domain::Revision revision);
  void add_rest(std::string& out);

  ExportEnd end_;
  std::vector<RestoreMovies::Deletion> deletions_;
  std::vector<StoredReview> reviews_;
  std::size_t next_deletion_ = 0;
  std::size_t next_review_ = 0;
  bool is_finished_ = false;
};

}  // namespace filmoteka::metadata
