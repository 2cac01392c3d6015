/// Text typed with the wrong keyboard layout: "ghbdtn" was to be "привет".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::language {

/// What the same keys give in the other layout of the pair QWERTY (US) and ЙЦУКЕН (Windows, Russian), key for
/// key and with the same shift: ",hfn" gives "брат", "фцфквы" gives "awards", "Ghbdtn" gives "Привет".
/// `raw_query` is what was typed, before punctuation is dropped: Russian letters stand on the keys of [ ] ; '
/// , . and `. Characters that are on no key stay. nullopt if it has letters of neither script or of both, is
/// ill-formed UTF-8, or would not change. Pure.
std::optional<std::string> in_other_layout(std::string_view raw_query);

}  // namespace filmoteka::language
