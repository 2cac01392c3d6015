/// How genres are shown: in their most common spelling.
#pragma once

#include <metadata/core/catalogue/snapshot.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// The spelling of most active films; of equally common ones the first in byte order. Every genre of the
/// catalogue is there. The views live as long as the snapshot. Made anew for each answer: a few microseconds.
class GenreNames {
 public:
  explicit GenreNames(const Snapshot& snapshot);

  /// Of a genre of the catalogue, in folded form.
  std::string_view at(std::string_view folded) const;

 private:
  struct Spelling {
    std::string_view folded;
    std::string_view shown;
    std::int64_t active = 0;
  };
  void offer(const Spelling& spelling, std::int64_t films);

  std::vector<Spelling> best_;  // ascending by folded form
};

}  // namespace filmoteka::metadata
