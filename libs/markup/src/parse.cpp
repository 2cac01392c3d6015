/// Bytes → trees, within limits.
#include "has_word.hpp"
#include "html_entities.hpp"
#include "tree.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/markup/charset.hpp>

#include <libxml/xpathInternals.h>

#include <algorithm>

namespace filmoteka::markup {

namespace {

constexpr int kChunk = 64 * 1024;

Error too_large(std::string what) {
  return Error{ErrorCode::kPayloadTooLarge, std::move(what), {}, {}};
}

/// What a parse has met so far. libxml2's handlers find it in the parser's _private.
struct Watch {
  const Limits* limits;
  std::size_t nodes = 0;
  std::string refused{};  ///< the limit that was passed; empty: none
  bool has_entities = false;
};

Watch& watch_of(void* parser) {
  return *static_cast<Watch*>(static_cast<xmlParserCtxt*>(parser)->_private);
}

void refuse(xmlParserCtxt* parser, std::string why) {
  auto& watch = watch_of(parser);
  if (watch.refused.empty()) watch.refused = std::move(why);
  xmlStopParser(parser);
}

/// True: the element may be made.
bool count_element(xmlParserCtxt* parser) {
  auto& watch = watch_of(parser);
  if (!watch.refused.empty()) return false;
  if (++watch.nodes > watch.limits->max_nodes)
    refuse(parser, "more than " + std::to_string(watch.limits->max_nodes) + " elements");
  else if (static_cast<std::size_t>(parser->nodeNr) >= watch.limits->max_depth)
    refuse(parser,
           "elements inside of each other more than " + std::to_string(watch.limits->max_depth) + " deep");
  return watch.refused.empty();
}

void start_html_element(void* context, const xmlChar* name, const xmlChar** attributes) {
  if (count_element(static_cast<xmlParserCtxt*>(context))) xmlSAX2StartElement(context, name, attributes);
}

void start_xml_element(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
                       int namespace_count, const xmlChar** namespaces, int attribute_count, int defaulted,
                       const xmlChar** attributes) {
  if (!count_element(static_cast<xmlParserCtxt*>(context))) return;
  xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count, defaulted,
                        attributes);
}

void declare_entity(void* context, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) {
  watch_of(context).has_entities = true;
  xmlStopParser(static_cast<xmlParserCtxt*>(context));
}

void say_nothing(void*, xmlErrorPtr) {}

/// libxml2 compares each attribute of an element with all before it, so their number is bounded before it
/// looks. Whatever looks like a tag is taken for one.
bool has_an_overloaded_tag(std::string_view text, std::size_t most) {
  for (auto open = text.find('<'); open != std::string_view::npos; open = text.find('<', open + 1)) {
    std::size_t blanks = 0;
    char quote = 0;
    for (auto i = open + 1; i < text.size(); ++i) {
      const char c = text[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
        continue;
      }
      if (c == '>' || c == '<') break;
      if ((c == '"' || c == '\'') && text[i - 1] == '=') quote = c;
      // An attribute begins after a blank, a slash or the end of a quoted value.
      const bool begins = c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '/' &&
                          std::string_view(" \t\n\r/\"'").find(text[i - 1]) != std::string_view::npos;
      if (begins && ++blanks > most) return true;
    }
  }
  return false;
}

Result<void> check_size(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.max_bytes)
    return too_large("The document has " + std::to_string(bytes.size()) + " bytes, more than " +
                     std::to_string(limits.max_bytes) + ".");
  if (has_an_overloaded_tag(bytes, limits.max_attributes))
    return too_large("The document has an element with more than " + std::to_string(limits.max_attributes) +
                     " attributes.");
  return {};
}

using ParserPtr = std::unique_ptr<xmlParserCtxt, FreedBy<xmlFreeParserCtxt>>;

/// Pieces, so that a limit ends the work early.
template <class Push>
void feed(std::string_view text, const Watch& watch, Push push) {
  while (!text.empty() && watch.refused.empty() && !watch.has_entities) {
    const auto piece = text.substr(0, kChunk);
    text.remove_prefix(piece.size());
    push(piece.data(), static_cast<int>(piece.size()), 0);
  }
  push(nullptr, 0, 1);
}

std::string first_fault(const xmlParserCtxt& parser) {
  const auto& fault = parser.lastError;
  auto what = fault.message == nullptr ? std::string("it is empty") : std::string(trim(fault.message));
  return "line " + std::to_string(std::max(fault.line, 1)) + ": " + what;
}

}  // namespace

Result<Document> Document::parse_html(std::string_view utf8, const Limits& limits) {
  FILMOTEKA_CHECK(check_size(utf8, limits));
  ParserPtr parser(htmlCreatePushParserCtxt(nullptr, nullptr, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
  if (!parser) return internal("libxml2 gives no parser");
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  Watch watch{.limits = &limits};
  parser->_private = &watch;
  parser->sax->startElement = start_html_element;
  parser->sax->serror = say_nothing;
  feed(utf8, watch,
       [&parser](const char* bytes, int size, int last) { htmlParseChunk(parser.get(), bytes, size, last); });
  auto tree = std::make_unique<Element::Tree>();
  tree->document.reset(parser->myDoc);
  parser->myDoc = nullptr;
  if (!watch.refused.empty()) return too_large("The page has " + watch.refused + ".");
  if (!tree->document) tree->document.reset(htmlNewDocNoDtD(nullptr, nullptr));
  if (xmlDocGetRootElement(tree->document.get()) == nullptr)
    xmlDocSetRootElement(tree->document.get(), xmlNewNode(nullptr, to_xml("html")));
  return Document(std::move(tree));
}

Result<Document> Document::parse_xml(std::string_view bytes, const Limits& limits) {
  FILMOTEKA_CHECK(check_size(bytes, limits));
  FILMOTEKA_TRY(const auto decoded, to_utf8(bytes, {}, {}));
  const auto text = with_html_entities(decoded.text);
  ParserPtr parser(xmlCreatePushParserCtxt(nullptr, nullptr, nullptr, 0, nullptr));
  if (!parser) return internal("libxml2 gives no parser");
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                      XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC);
  Watch watch{.limits = &limits};
  parser->_private = &watch;
  parser->sax->startElementNs = start_xml_element;
  parser->sax->entityDecl = declare_entity;
  parser->sax->serror = say_nothing;
  feed(text, watch,
       [&parser](const char* piece, int size, int last) { xmlParseChunk(parser.get(), piece, size, last); });
  auto tree = std::make_unique<Element::Tree>();
  tree->document.reset(parser->myDoc);
  parser->myDoc = nullptr;
  if (!watch.refused.empty()) return too_large("The XML has " + watch.refused + ".");
  if (watch.has_entities) return corrupt("The XML declares entities of its own, which is refused.");
  if (parser->wellFormed == 0 || !tree->document || xmlDocGetRootElement(tree->document.get()) == nullptr)
    return corrupt("It is no well-formed XML: " + first_fault(*parser) + ".");
  return Document(std::move(tree));
}

Document::Document(std::unique_ptr<Element::Tree> tree) : tree_(std::move(tree)) {
  // Enough for a selector over all elements of the largest document; a hostile expression ends.
  constexpr unsigned long kMostSteps = 50'000'000;
  tree_->xpath.reset(xmlXPathNewContext(tree_->document.get()));
  if (!tree_->xpath) throw std::bad_alloc();
  tree_->xpath->opLimit = kMostSteps;
  if (xmlXPathRegisterFunc(tree_->xpath.get(), to_xml("has-word"),
                           static_cast<xmlXPathFunction>(&has_word)) != 0)
    throw std::bad_alloc();
  tree_->xpath->error = say_nothing;
}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Element Document::root() const {
  return {tree_.get(), xmlDocGetRootElement(tree_->document.get())};
}

}  // namespace filmoteka::markup
