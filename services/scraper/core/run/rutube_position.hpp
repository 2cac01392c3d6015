/// Where a Rutube run goes on after an interruption. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

struct RutubePosition {
  std::size_t list = 0;  ///< index into the definition's lists
  std::string url;       ///< the page to be fetched next
};

std::string to_text(const RutubePosition& position);

/// `text` as to_text() wrote it. The beginning of the first list if it is empty or no longer fits the
/// definition: a list that is not there, a page of another server.
RutubePosition position_from(std::string_view text, const std::vector<std::string>& list_urls);

}  // namespace filmoteka::scraper
