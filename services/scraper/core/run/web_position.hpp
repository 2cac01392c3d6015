/// Where the walk over a web source is, and how it is kept until the next run. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// The next request of a walk, and how much of its answer has been dealt with.
struct WebPosition {
  std::size_t list = 0;                      ///< index into RequestTemplate::lists
  std::optional<std::chrono::sys_days> day;  ///< of a walk over dates
  std::optional<std::chrono::sys_days> last_day;
  std::int64_t page = 0;              ///< counted from the first one, whatever it is called
  std::string next;                   ///< the URL of this page, if the one before gave it
  std::string cursor;                 ///< of this page; empty at first
  std::vector<std::string> sitemaps;  ///< from an index down to the sitemap that is read
  std::size_t done = 0;               ///< items of the page that are safe already
  std::uint64_t mark = 0;             ///< WebContent::mark() of the last of them
  bool operator==(const WebPosition&) const = default;
};

/// A small JSON text. `digest` is that of the definition.
std::string to_text(const WebPosition& position, std::string_view digest);

/// nullopt for what to_text() did not write, or wrote for another definition or in another version.
std::optional<WebPosition> position_from(std::string_view text, std::string_view digest);

/// "2026-11-27".
std::string to_iso_day(std::chrono::sys_days day);
std::optional<std::chrono::sys_days> iso_day_from(std::string_view text);

}  // namespace filmoteka::scraper
