/// Letters as sources mix them. HTML → plain text: filmoteka/domain/html_text.hpp.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::domain {

/// In each word that mixes Latin and Cyrillic letters, the letters of the minority are replaced by their
/// look-alikes when that makes the word pure and the other way round is impossible: "СarJitsu" (Cyrillic С) →
/// "CarJitsu". "Vизитёры" stays: V has no Cyrillic look-alike.
std::string fix_look_alikes(std::string_view text);

}  // namespace filmoteka::domain
