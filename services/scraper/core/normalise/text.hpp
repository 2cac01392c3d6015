/// Text as sources write it → plain text.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// HTML → plain text: entities decoded once, tags, comments, scripts and styles dropped, <br> and the ends of
/// blocks made line breaks, runs of spaces made one, at most one blank line in a row. Text without any HTML
/// comes out tidied. A `<` that opens no tag stays. Linear time, no recursion.
std::string html_to_text(std::string_view html);

/// The same as one line.
std::string html_to_line(std::string_view html);

/// Decodes the entity at the front of `text` (which begins with '&') and takes it off; empty, with nothing
/// taken, if there is none.
std::string take_entity(std::string_view& text);

/// In each word that mixes Latin and Cyrillic letters, the letters of the minority are replaced by their
/// look-alikes when that makes the word pure and the other way round is impossible: "СarJitsu" (Cyrillic С) →
/// "CarJitsu". "Vизитёры" stays: V has no Cyrillic look-alike.
std::string fix_look_alikes(std::string_view text);

}  // namespace filmoteka::scraper
