/// Texts of strangers as parts of a page. Pure.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// For text, and for attributes in quotes. What no page may have (control characters, ill-formed UTF-8)
/// becomes U+FFFD.
std::string escape_html(std::string_view text);

/// A JSON text for the inside of a <script> that holds data: the same values, written without the characters
/// that could end the element or begin a comment (<, >, &), and without the line ends that JavaScript has and
/// JSON has not (U+2028, U+2029). In JSON these stand in strings only, so that an escape fits everywhere.
std::string escape_json(std::string_view json);

/// Plain text on one line, of at most `most` characters: cut behind a word, with "…".
std::string short_text(std::string_view text, std::size_t most);

}  // namespace filmoteka::gateway
