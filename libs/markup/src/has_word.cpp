#include "has_word.hpp"

#include "tree.hpp"

#include <libxml/xpathInternals.h>

#include <string>

namespace filmoteka::markup {

bool has_word(std::string_view text, std::string_view word) {
  constexpr std::string_view kBlanks = " \t\n\r\f";
  if (word.empty()) return false;
  for (auto place = text.find(word); place != std::string_view::npos; place = text.find(word, place + 1)) {
    const auto end = place + word.size();
    const bool begins = place == 0 || kBlanks.find(text[place - 1]) != std::string_view::npos;
    const bool ends = end == text.size() || kBlanks.find(text[end]) != std::string_view::npos;
    if (begins && ends) return true;
  }
  return false;
}

namespace {

bool has_in(const xmlXPathObject& value, std::string_view word) {
  if (value.type == XPATH_STRING) return has_word(view(value.stringval), word);
  if (value.type != XPATH_NODESET || value.nodesetval == nullptr || value.nodesetval->nodeNr == 0)
    return false;
  const auto* node = value.nodesetval->nodeTab[0];
  // An attribute's value is one text node, but for entities, which are not kept here.
  const auto* content = node->type == XML_ATTRIBUTE_NODE ? node->children : nullptr;
  return content != nullptr && content->next == nullptr && has_word(view(content->content), word);
}

}  // namespace

void has_word(xmlXPathParserContext* context, int argument_count) {
  if (argument_count != 2) return xmlXPathErr(context, XPATH_INVALID_ARITY);
  const std::unique_ptr<xmlXPathObject, FreedBy<xmlXPathFreeObject>> word(valuePop(context));
  const std::unique_ptr<xmlXPathObject, FreedBy<xmlXPathFreeObject>> value(valuePop(context));
  const bool found = word && value && word->type == XPATH_STRING && has_in(*value, view(word->stringval));
  valuePush(context, xmlXPathNewBoolean(found ? 1 : 0));
}

}  // namespace filmoteka::markup
