/// Views of films that have not entered the catalogue yet: another service showed such a film before its own
/// creating commit came here.
#pragma once

#include <metadata/core/catalogue/film_views.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace filmoteka::metadata {

/// Pure; not thread-safe.
class PendingViews {
 public:
  /// What exceeds this is dropped from the lowest ids: films to come have the highest, low ones that are
  /// unknown were deleted.
  static constexpr std::size_t kMost = 65'536;

  /// The higher count of a film wins.
  void keep(const FilmViews& film);
  /// What is kept of the film, which is forgotten; nullopt: nothing.
  std::optional<std::int64_t> take(domain::MovieId id);
  /// Everything; ascending by id.
  std::vector<FilmViews> take_all();

  bool empty() const { return views_.empty(); }
  std::size_t size() const { return views_.size(); }

 private:
  std::map<domain::MovieId, std::int64_t> views_;
};

}  // namespace filmoteka::metadata
