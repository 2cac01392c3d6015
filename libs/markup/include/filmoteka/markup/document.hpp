/// HTML and XML as trees that are asked by CSS selectors and XPath. What sources send is hostile: every
/// dimension is limited, entities are not expanded, nothing is loaded.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct _xmlNode;

namespace filmoteka::markup {

struct Limits {
  std::size_t max_bytes = 10 * 1024 * 1024;
  std::size_t max_nodes = 200'000;  ///< elements
  std::size_t max_depth = 256;
  std::size_t max_attributes = 1'000;  ///< of one element
};

class PlainSelector;

/// A compiled selector. Immutable, cheap to copy, may be used by several threads at once.
class Selector {
 public:
  /// Selectors level 4 as far as they mean something without a browser: types, #id, .class, attributes with
  /// all operators and the flag i, the four combinators, lists, :has() :not() :is() :where()
  /// :contains("text") :icontains("text") :empty :root and the :nth-, :first-, :last- and :only- families;
  /// and at the end `::text` or
  /// `::attr(name)`, which give values instead of elements. kInvalidArgument says what was expected where.
  static Result<Selector> css(std::string_view text);
  /// XPath 1.0, relative to an element: ".//a/@href".
  static Result<Selector> xpath(std::string_view text);
  /// What was compiled.
  const std::string& xpath_text() const;

 private:
  friend class Element;
  class Compiled;
  static Result<Selector> compile(std::string expression, std::optional<PlainSelector> plain);
  explicit Selector(std::shared_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<Compiled> compiled_;
};

class Document;

/// An element of a document, which must outlive it.
class Element {
 public:
  /// The elements selected, in document order. CSS: this one and its descendants.
  std::vector<Element> select(const Selector& selector) const;
  /// What an expression gives as texts: of elements text(), of attributes and text nodes their values; a
  /// string, a number or a truth value is one text.
  std::vector<std::string> values(const Selector& selector) const;

  /// The text as a reader sees it: runs of white space are one space, blocks and <br> are lines; without
  /// scripts and styles.
  std::string text() const;
  std::optional<std::string> attribute(std::string_view name) const;
  /// "div"; without a namespace's prefix.
  std::string_view name() const;
  /// The markup of this element.
  std::string html() const;
  /// Elements directly below.
  std::vector<Element> children() const;
  std::string_view namespace_uri() const;

 private:
  friend class Document;
  struct Tree;
  Element(Tree* tree, _xmlNode* node) : tree_(tree), node_(node) {}
  Tree* tree_;
  _xmlNode* node_;
};

/// Movable. One thread at a time.
class Document {
 public:
  /// Never fails but for a limit (kPayloadTooLarge): broken HTML is read as browsers do, more or less.
  static Result<Document> parse_html(std::string_view utf8, const Limits& limits = {});
  /// In any encoding that it declares. kCorrupt with the line where it is not well-formed; kCorrupt too for a
  /// DTD that declares entities. Named HTML entities (&nbsp;) are understood without being declared.
  static Result<Document> parse_xml(std::string_view bytes, const Limits& limits = {});

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();
  /// An empty HTML document has an empty <html>.
  Element root() const;

 private:
  explicit Document(std::unique_ptr<Element::Tree> tree);
  std::unique_ptr<Element::Tree> tree_;
};

}  // namespace filmoteka::markup
