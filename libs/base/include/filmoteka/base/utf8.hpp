/// UTF-8 as bytes: validity, length and safe cuts. Meaning (case, normal forms) is libs/domain's, through
/// ICU.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace filmoteka {

/// Well-formed UTF-8 by Unicode table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);

/// Number of code points of valid UTF-8.
std::size_t utf8_length(std::string_view text);

/// The longest prefix of at most `code_points` code points of valid UTF-8.
std::string_view utf8_prefix(std::string_view text, std::size_t code_points);

/// Takes the first code point off `text`, which must not be empty; U+FFFD (and one byte) if it is ill-formed.
char32_t take_code_point(std::string_view& text);

/// Appends `code_point`, which must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);

/// `text` with each ill-formed sequence replaced by U+FFFD.
std::string replace_invalid_utf8(std::string_view text);

}  // namespace filmoteka
