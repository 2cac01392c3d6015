/// Seasons and episodes in a title.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace filmoteka::domain::titles {

/// "5 сезон, 1 серия", "сезон 2 серия 8", "Выпуск №7", "S01E02", "серии 1-5".
struct EpisodeMark {
  std::optional<int> season;
  std::optional<int> episode;  ///< the first of several
  bool is_range = false;       ///< several episodes in one video
  std::size_t begin = 0;       ///< bytes of the text from the first sign of it to the last
  std::size_t end = 0;
};

std::optional<EpisodeMark> find_episode(std::string_view text);

}  // namespace filmoteka::domain::titles
