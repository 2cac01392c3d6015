/// Whether a run looks as the source's runs usually do: a site that changes its layout still answers, but
/// with fewer items, or items without years. Pure.
#pragma once

#include <scraper/core/run/run.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace filmoteka::scraper {

inline constexpr std::size_t kHealthHistory = 20;    ///< good runs that a run is compared with
inline constexpr std::size_t kMinHealthHistory = 3;  ///< with fewer only what the definition expects counts
inline constexpr int kBadRunsToDrift = 3;

/// What the definition expects of a run.
struct Expected {
  std::uint64_t min_items = 0;         ///< films of a full run
  std::map<std::string, double> fill;  ///< field → share of films that have it, 0–1
};

/// Nothing, if it looks as usual; otherwise what does not, for people. `history`: good runs of the source
/// (ended well, without complaints), the newest first; of them at most kHealthHistory count.
std::vector<std::string> complaints_of(const Run& run, std::span<const Run> history,
                                       const Expected& expected);

}  // namespace filmoteka::scraper
