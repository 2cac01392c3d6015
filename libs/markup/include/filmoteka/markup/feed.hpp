/// RSS 0.9x, 1.0 and 2.0, Atom 1.0 (RFC 4287) and Media RSS (https://www.rssboard.org/media-rss) as one
/// shape.
#pragma once

#include <filmoteka/markup/document.hpp>

#include <boost/json/object.hpp>

#include <string_view>

namespace filmoteka::markup {

/// {"title", "link", "next", "items": [{"title", "link", "id", "id_json", "published", "updated", "summary",
/// "content", "author", "categories": [], "enclosures": [{"url", "type", "length"}], "duration",
/// "media": {"title", "description", "url", "type", "medium", "duration", "thumbnail", "player", "rating",
/// "views", "keywords"}}]}. All values are texts as they came (dates and durations unread), absent ones are
/// left out. `id_json`: the id, where it is a JSON text, read (Rutube). `next`: the following page (RFC
/// 5005). kCorrupt: it is no feed, and what it seems to be instead; kPayloadTooLarge as Document has it.
Result<boost::json::object> read_feed(std::string_view bytes, const Limits& limits = {});

}  // namespace filmoteka::markup
