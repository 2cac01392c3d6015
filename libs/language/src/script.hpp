/// Which alphabet a text is written in.
#pragma once

#include <string_view>

namespace filmoteka::language {

/// kNone: no letters of either, or ill-formed UTF-8. kBoth: letters of both.
enum class Script { kNone, kLatin, kCyrillic, kBoth };

/// Characters that are neither Latin nor Cyrillic letters do not count.
Script script_of(std::string_view text);

}  // namespace filmoteka::language
