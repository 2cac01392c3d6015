/// What a run has seen of its source, beyond its films: how full they were, whether the run went over all of
/// it, and the answer at which it went wrong. What health is judged by. Pure data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace filmoteka::scraper {

inline constexpr std::size_t kMaxSavedPageBytes = 256 * 1024;

/// An answer that was not what the definition expects, kept to be looked at.
struct SavedPage {
  std::string url;
  int status = 0;
  std::string content_type;
  std::string body;  ///< its first kMaxSavedPageBytes, as they came
  std::string what;  ///< what was missed: "items: css .film matched nothing"
};

struct Observations {
  std::uint64_t pages = 0;
  std::uint64_t films = 0;
  std::uint64_t distinct_titles = 0;
  std::map<std::string, std::uint64_t, std::less<>> filled;  ///< field of a film → films that have it
  /// Went over everything, from the beginning to the end: no limit, no cut at what is known.
  bool full = false;
  std::optional<SavedPage> saved;
};

}  // namespace filmoteka::scraper
