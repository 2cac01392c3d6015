/// Content codings (RFC 9110, 8.4 and 12.5.3): which one a client gets, and the compression itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace filmoteka::http {

enum class Encoding { kIdentity, kGzip, kBrotli, kZstd };
inline constexpr std::size_t kEncodings = 4;

/// The name in Content-Encoding: "identity", "gzip", "br", "zstd".
std::string_view to_string(Encoding encoding);

/// The coding for a client with this Accept-Encoding: the one with the highest weight, br before zstd
/// before gzip before identity where weights are equal. kIdentity for an empty or malformed header.
Encoding negotiate(std::string_view accept_encoding);

/// Whether it is worth compressing: text-like types of at least 1 KiB.
bool is_compressible(std::string_view content_type, std::size_t bytes);

/// `bytes` in that coding. `level`: 1 … 9 for gzip, 0 … 11 for brotli, 1 … 19 for zstd; brought into range.
/// Takes about 10 to 20 ms/MB at levels fit for answers made on the spot (gzip 5, brotli 4). Throws
/// std::bad_alloc only.
std::string compress(Encoding encoding, std::string_view bytes, int level);

/// The entity tag of the variant: `"abc"` becomes `"abc-br"`, `W/"abc"` becomes `W/"abc-br"`; unchanged for
/// kIdentity.
std::string variant_etag(std::string_view etag, Encoding encoding);

/// Whether an If-None-Match header names the entity tag, by weak comparison; `*` names everything. A tag of
/// any variant of the same content matches too: what the client has is not older.
bool etag_matches(std::string_view if_none_match, std::string_view etag);

}  // namespace filmoteka::http
