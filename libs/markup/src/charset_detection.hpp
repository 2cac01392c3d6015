/// What bytes without a declared charset look like. Internal.
#pragma once

#include <string_view>

namespace filmoteka::markup {

/// "utf-8", one of the Cyrillic charsets, or "windows-1252".
std::string_view detect_charset(std::string_view bytes);

}  // namespace filmoteka::markup
