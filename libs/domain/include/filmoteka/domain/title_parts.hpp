/// The title of a video, as people upload it, taken apart: "Трон эльфов / Throne of Elves (2016) Трейлер" →
/// title, original title, year, kind, tags. The shapes were collected from Rutube; the steps are in
/// title.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::domain {

enum class TitleKind {
  kMovie,    ///< nothing speaks against it
  kTrailer,  ///< trailers and teasers
  kEpisode,  ///< one part of a series or a show
  kSeries,   ///< a whole series
  kOther,    ///< reviews, fragments, soundtracks …
};
std::string_view to_string(TitleKind kind);

struct TitleParts {
  std::string title;  ///< never empty unless the input is
  std::optional<std::string> original_title;
  std::vector<std::string> alternative_titles;
  std::optional<int> year;
  TitleKind kind = TitleKind::kMovie;
  std::optional<int> season;
  std::optional<int> episode;
  std::vector<std::string> tags;  ///< "мультфильм", "дублированный", "HD", … lower-case but for abbreviations
};

/// What is known besides the text.
struct TitleHints {
  int latest_year = 2100;  ///< a later number is part of the name ("Cyberpunk 2077")
  /// The source says that it is an episode: "Орел и решка: Аланья" is then show and episode.
  bool is_episode = false;
  std::optional<int> season;
  std::optional<int> episode;
};

/// `text` is one line of UTF-8 without HTML.
TitleParts split_title(std::string_view text, const TitleHints& hints = {});

}  // namespace filmoteka::domain
