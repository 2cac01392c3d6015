/// HTML, as sources and people write it → plain text.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::domain {

/// Entities decoded once, tags, comments, scripts and styles dropped, <br> and the ends of blocks made line
/// breaks, runs of spaces made one, at most one blank line in a row. Text without any HTML comes out tidied.
/// A
/// `<` that opens no tag stays. Linear time, no recursion.
std::string html_to_text(std::string_view html);

/// The same as one line.
std::string html_to_line(std::string_view html);

}  // namespace filmoteka::domain
