/// The function of XPath that CSS's classes become. Internal.
#pragma once

#include <libxml/xpath.h>

#include <string_view>

namespace filmoteka::markup {

/// Whether a text has the word between white space; no text has the empty word.
bool has_word(std::string_view text, std::string_view word);

/// has-word(nodes or text, word): the same of the first node's text, or of the text. XPath's own way,
/// contains(concat(' ', normalize-space(@class), ' '), …), makes four strings for each element.
void has_word(xmlXPathParserContext* context, int argument_count);

}  // namespace filmoteka::markup
