/// libxml2's side of documents and selectors. Internal.
#pragma once

#include <filmoteka/markup/document.hpp>

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>

#include <memory>

namespace filmoteka::markup {

template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using DocumentPtr = std::unique_ptr<xmlDoc, FreedBy<xmlFreeDoc>>;
using XPathPtr = std::unique_ptr<xmlXPathContext, FreedBy<xmlXPathFreeContext>>;
using CompiledPtr = std::unique_ptr<xmlXPathCompExpr, FreedBy<xmlXPathFreeCompExpr>>;
using ObjectPtr = std::unique_ptr<xmlXPathObject, FreedBy<xmlXPathFreeObject>>;

struct Element::Tree {
  DocumentPtr document;
  XPathPtr xpath;
};

inline std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}
inline const xmlChar* to_xml(const char* text) {
  return reinterpret_cast<const xmlChar*>(text);
}

/// The text of a subtree as Element::text() gives it.
std::string readable_text(const xmlNode* node);

}  // namespace filmoteka::markup
