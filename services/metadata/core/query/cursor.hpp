/// Cursors as text: opaque, good in URLs, signed, bound to a list.
#pragma once

#include <metadata/core/query/list_query.hpp>
#include <metadata/core/query/place.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

inline constexpr std::size_t kMaxCursorLength = 8'192;

/// The cursor of the page behind (`backwards`: before) the film that stands at `place`, whose title's
/// collation key is `title_key` (only needed by title). `query` is the list's; its page, per_page, fields,
/// count and facets do not matter.
///
/// base64url (RFC 4648, 5, unpadded) of: version 1, direction, three keys and the id as 64-bit little-endian
/// numbers, the title's key, and the first 16 bytes of HMAC-SHA256 (RFC 2104) over all that and the canonical
/// query string.
std::string encode_cursor(const Place& place, std::string_view title_key, bool backwards,
                          const ListQuery& query, const CursorKey& key);

/// nullopt unless encode_cursor() made it of an equal list with this key.
std::optional<Cursor> decode_cursor(std::string_view text, const ListQuery& query, const CursorKey& key);

}  // namespace filmoteka::metadata
