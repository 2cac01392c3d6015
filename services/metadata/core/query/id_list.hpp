/// Which active films there are, and when each changed last: for lists of all pages, such as sitemaps.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/snapshot.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

/// `{"items":[{"id":1,"updated_at":"…"}],"last_id":9,"revision":7}` in pieces, so that no thread makes it in
/// one go. Of one snapshot, which it holds. `last_id` is the highest id of all active films, 0 if there is
/// none.
class IdList {
 public:
  static constexpr std::size_t kMost = 50'000;  ///< films in one answer: those with the lowest ids

  /// Films with ids from `first` to `last`, both included.
  IdList(std::shared_ptr<const Snapshot> snapshot, domain::MovieId first, domain::MovieId last);

  /// Empty after the last piece.
  std::string next();

 private:
  struct Film {
    domain::MovieId id = 0;
    std::string_view summary;
  };
  std::optional<Film> take();
  std::optional<Film> take_row();
  std::string end() const;

  std::shared_ptr<const Snapshot> snapshot_;
  domain::MovieId last_;
  std::size_t row_ = 0;    ///< of the segment, to be looked at next
  std::size_t entry_ = 0;  ///< of the delta
  std::size_t given_ = 0;
  bool ended_ = false;
};

}  // namespace filmoteka::metadata
