/// Text that was once read in the wrong encoding.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// UTF-8 text whose characters came from Windows-1252 bytes read as Mac Roman: "CachÈ" → "Caché". Text with a
/// character that cannot have come about this way is returned unchanged.
std::string repaired_mac_roman(std::string_view text);

}  // namespace filmoteka::scraper
