/// Sitemaps (https://www.sitemaps.org/protocol.html) with Google's video and image extensions, indexes of
/// sitemaps, and plain lists of addresses.
#pragma once

#include <filmoteka/markup/document.hpp>

#include <boost/json/object.hpp>

#include <string_view>
#include <vector>

namespace filmoteka::markup {

struct Sitemap {
  bool is_index = false;  ///< the entries are sitemaps
  /// {"loc", "lastmod", "changefreq", "priority", "images": [loc], "video": {"thumbnail", "title",
  /// "description", "content", "player", "duration", "published", "expires", "rating", "views", "tags": [],
  /// "category", "family_friendly", "live"}}; texts as they came.
  std::vector<boost::json::object> entries;
};

inline constexpr std::size_t kMaxSitemapEntries = 50'000;
/// A sitemap may be larger than a page.
inline constexpr Limits kSitemapLimits{50 * 1024 * 1024, 2'000'000, 32, 100};

/// Not compressed. kCorrupt: no sitemap; kPayloadTooLarge: also for more than kMaxSitemapEntries.
Result<Sitemap> read_sitemap(std::string_view bytes, const Limits& limits = kSitemapLimits);

}  // namespace filmoteka::markup
