/// Named characters of HTML inside of XML, where nobody has declared them. Internal.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::markup {

/// "&nbsp;" → U+00A0, and so on for the names of HTML 4; XML's own five and numbers stay as they are, and so
/// does what is no name. UTF-8.
std::string with_html_entities(std::string_view text);

}  // namespace filmoteka::markup
