/// The function of XPath that CSS's classes become. Internal.
#pragma once

#include <libxml/xpath.h>

namespace filmoteka::markup {

/// has-word(nodes or text, word): whether the first node's text, or the text, has the word between white
/// space. XPath's own way, contains(concat(' ', normalize-space(@class), ' '), …), makes four strings for
/// each element.
void has_word(xmlXPathParserContext* context, int argument_count);

}  // namespace filmoteka::markup
