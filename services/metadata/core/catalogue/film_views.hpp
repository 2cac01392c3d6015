/// Views that were counted here.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <cstdint>

namespace filmoteka::metadata {

/// Views of a film that were counted here, in all since it entered.
struct FilmViews {
  domain::MovieId id = 0;
  std::int64_t views = 0;
  bool operator==(const FilmViews&) const = default;
};

}  // namespace filmoteka::metadata
