#include "css/css_to_xpath.hpp"
#include "css/plain_selector.hpp"
#include "tree.hpp"

#include <libxml/xpathInternals.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <span>

namespace filmoteka::markup {

namespace {

constexpr std::array<std::string_view, 6> kUnread = {"script",   "style", "template",
                                                     "noscript", "head",  "svg"};
constexpr std::array<std::string_view, 37> kBlocks = {
    "address",  "article",    "aside",  "blockquote", "br",   "dd",  "details", "div", "dl",  "dt",
    "fieldset", "figcaption", "figure", "footer",     "form", "h1",  "h2",      "h3",  "h4",  "h5",
    "h6",       "header",     "hr",     "li",         "main", "nav", "ol",      "p",   "pre", "section",
    "summary",  "table",      "tbody",  "td",         "th",   "tr",  "ul"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Words one space apart, lines without blanks at their ends and never two empty ones.
class Reader {
 public:
  void read(const xmlNode* node) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
      return words(view(node->content));
    if (node->type != XML_ELEMENT_NODE) return;
    const auto name = view(node->name);
    if (!is_first_ && is_one_of(kUnread, name)) return;
    is_first_ = false;
    const bool is_block = is_one_of(kBlocks, name);
    if (is_block) line_ = true;
    for (const auto* child = node->children; child != nullptr; child = child->next) read(child);
    if (is_block) line_ = true;
  }
  std::string take() { return std::move(text_); }

 private:
  void words(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      const auto blank = blank_at(text, i);
      if (blank > 0) {
        space_ = true;
        i += blank;
        continue;
      }
      if (!text_.empty() && (line_ || space_)) text_ += line_ ? '\n' : ' ';
      line_ = space_ = false;
      const auto begin = i;
      while (i < text.size() && blank_at(text, i) == 0) ++i;
      text_ += text.substr(begin, i - begin);
    }
  }
  /// Bytes of white space there: ASCII, or a no-break space.
  static std::size_t blank_at(std::string_view text, std::size_t i) {
    const char c = text[i];
    if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
    return c == '\xC2' && text.substr(i).starts_with("\xC2\xA0") ? 2 : 0;
  }

  std::string text_;
  bool line_ = false;
  bool space_ = false;
  bool is_first_ = true;  ///< who asks a script for its text gets it
};

std::string text_of(const xmlNode* node) {
  if (node->type == XML_ELEMENT_NODE) return readable_text(node);
  const std::unique_ptr<xmlChar, decltype(xmlFree)> content(xmlNodeGetContent(node), xmlFree);
  return std::string(view(content.get()));
}

}  // namespace

std::string readable_text(const xmlNode* node) {
  Reader reader;
  reader.read(node);
  return reader.take();
}

/// Compiled expressions are used by one thread at a time: libxml2 notes things in them. Each evaluation takes
/// one and gives it back.
class Selector::Compiled {
 public:
  Compiled(std::string text, CompiledPtr first, std::optional<PlainSelector> plain)
      : text_(std::move(text)), plain_(std::move(plain)) {
    idle_.push_back(std::move(first));
  }
  const std::string& text() const { return text_; }
  /// Does the same on the tree itself, where it is there.
  const std::optional<PlainSelector>& plain() const { return plain_; }

  ObjectPtr evaluate(xmlXPathContext& context, xmlNode* node) {
    auto compiled = take();
    if (!compiled) return nullptr;
    context.node = node;
    context.opCount = 0;
    ObjectPtr result(xmlXPathCompiledEval(compiled.get(), &context));
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(compiled));
    return result;
  }

  static CompiledPtr compile(const std::string& text) {
    const XPathPtr context(xmlXPathNewContext(nullptr));
    if (!context) return nullptr;
    context->error = [](void*, xmlErrorPtr) {
    };
    return CompiledPtr(xmlXPathCtxtCompile(context.get(), to_xml(text.c_str())));
  }

 private:
  CompiledPtr take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto compiled = std::move(idle_.back());
        idle_.pop_back();
        return compiled;
      }
    }
    return compile(text_);
  }

  const std::string text_;
  const std::optional<PlainSelector> plain_;
  std::mutex mutex_;  // guards idle_
  std::vector<CompiledPtr> idle_;
};

Result<Selector> Selector::compile(std::string expression, std::optional<PlainSelector> plain) {
  constexpr std::size_t kLongest = 100'000;
  if (expression.size() > kLongest)
    return invalid_argument("the expression is longer than 100,000 characters");
  auto compiled = Compiled::compile(expression);
  if (!compiled) return invalid_argument("'" + expression + "' is no XPath expression");
  return Selector(std::make_shared<Compiled>(std::move(expression), std::move(compiled), std::move(plain)));
}

Result<Selector> Selector::xpath(std::string_view text) {
  return compile(std::string(text), std::nullopt);
}

Result<Selector> Selector::css(std::string_view text) {
  FILMOTEKA_TRY(auto expression, css_to_xpath(text));
  return compile(std::move(expression), PlainSelector::parse(text));
}

const std::string& Selector::xpath_text() const {
  return compiled_->text();
}

std::vector<Element> Element::select(const Selector& selector) const {
  std::vector<Element> found;
  if (const auto& plain = selector.compiled_->plain()) {
    for (auto* node : plain->select(node_))
      if (node->type == XML_ELEMENT_NODE) found.push_back({tree_, node});
    return found;
  }
  const auto result = selector.compiled_->evaluate(*tree_->xpath, node_);
  if (!result || result->type != XPATH_NODESET || result->nodesetval == nullptr) return found;
  xmlXPathNodeSetSort(result->nodesetval);
  for (int i = 0; i < result->nodesetval->nodeNr; ++i)
    if (auto* node = result->nodesetval->nodeTab[i]; node->type == XML_ELEMENT_NODE)
      found.push_back({tree_, node});
  return found;
}

std::vector<std::string> Element::values(const Selector& selector) const {
  if (const auto& plain = selector.compiled_->plain()) {
    std::vector<std::string> found;
    for (const auto* node : plain->select(node_)) found.push_back(text_of(node));
    return found;
  }
  const auto result = selector.compiled_->evaluate(*tree_->xpath, node_);
  if (!result) return {};
  if (result->type != XPATH_NODESET) {
    const std::unique_ptr<xmlChar, decltype(xmlFree)> text(xmlXPathCastToString(result.get()), xmlFree);
    return {std::string(view(text.get()))};
  }
  std::vector<std::string> found;
  if (result->nodesetval == nullptr) return found;
  xmlXPathNodeSetSort(result->nodesetval);
  for (int i = 0; i < result->nodesetval->nodeNr; ++i) {
    const auto* node = result->nodesetval->nodeTab[i];
    if (node->type != XML_NAMESPACE_DECL) found.push_back(text_of(node));
  }
  return found;
}

std::string Element::text() const {
  return readable_text(node_);
}

std::optional<std::string> Element::attribute(std::string_view name) const {
  const std::string owned(name);
  const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlGetProp(node_, to_xml(owned.c_str())), xmlFree);
  if (!value) return std::nullopt;
  return std::string(view(value.get()));
}

std::string_view Element::name() const {
  return view(node_->name);
}

std::string_view Element::namespace_uri() const {
  return node_->ns == nullptr ? std::string_view{} : view(node_->ns->href);
}

std::vector<Element> Element::children() const {
  std::vector<Element> found;
  for (auto* child = xmlFirstElementChild(node_); child != nullptr; child = xmlNextElementSibling(child))
    found.push_back({tree_, child});
  return found;
}

std::string Element::html() const {
  const std::unique_ptr<xmlOutputBuffer, FreedBy<xmlOutputBufferClose>> buffer(xmlAllocOutputBuffer(nullptr));
  if (!buffer) return {};
  if (tree_->document->type == XML_HTML_DOCUMENT_NODE)
    htmlNodeDumpFormatOutput(buffer.get(), tree_->document.get(), node_, "UTF-8", 0);
  else
    xmlNodeDumpOutput(buffer.get(), tree_->document.get(), node_, 0, 0, "UTF-8");
  return {reinterpret_cast<const char*>(xmlOutputBufferGetContent(buffer.get())),
          xmlOutputBufferGetSize(buffer.get())};
}

}  // namespace filmoteka::markup
