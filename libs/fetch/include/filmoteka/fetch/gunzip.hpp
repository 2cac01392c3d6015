/// Files that are compressed as such, without a Content-Encoding: sitemap.xml.gz.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace filmoteka::fetch {

/// What is in a gzip file; bytes that are none come back as they are. kPayloadTooLarge: more than `max`
/// bytes; kCorrupt: damaged or cut off.
Result<std::string> gunzip_if_gzip(std::string_view bytes, std::size_t max);

}  // namespace filmoteka::fetch
