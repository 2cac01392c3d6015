/// White space and control characters in UTF-8, for the rules of validation.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace filmoteka::domain {

/// Bytes of the white space at the front of `text` (Unicode White_Space, zero-width space and the byte order
/// mark), 0 if there is none.
std::size_t space_length(std::string_view text);

/// Bytes of the control character (C0, DEL, C1) at the front of `text`, 0 if there is none.
std::size_t control_length(std::string_view text);

/// Trimmed, each run of white space made one space. Bytes that are no white space stay.
std::string one_line(std::string_view text);

/// Line breaks made "\n", tabs made spaces, other control characters taken out, trimmed.
std::string many_lines(std::string_view text);

}  // namespace filmoteka::domain
