/// The selectors that most definitions are made of (`div.film a.title::attr(href)`), matched on the tree
/// itself: several times quicker than their XPath, and the same elements. Internal.
#pragma once

#include <libxml/tree.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::markup {

class PlainSelector {
 public:
  /// Types, #id, .class, `*`, descendants and children, and `::text` or `::attr(name)` at the end. nullopt:
  /// there is more in it (css_to_xpath.hpp), or it is wrong.
  static std::optional<PlainSelector> parse(std::string_view selector);

  /// In document order: elements, or the text nodes and attributes that the end asks for. `context` is an
  /// element; it and its descendants are looked at.
  std::vector<xmlNode*> select(xmlNode* context) const;

 private:
  struct Compound {
    std::string type;  ///< empty: any
    std::string id;    ///< empty: any
    std::vector<std::string> classes;
    bool is_child = false;  ///< of what the compound before it matches, not just a descendant
  };
  enum class Value { kElement, kText, kAttribute };

  static bool fits(const Compound& compound, const xmlNode* element);
  bool matches(const xmlNode* element, std::size_t last) const;
  void take(xmlNode* element, std::vector<xmlNode*>& found) const;

  bool has_child_before(std::size_t last) const;

  std::vector<Compound> compounds_;  ///< from the left to the right, at least one
  Value value_ = Value::kElement;
  std::string attribute_;
};

}  // namespace filmoteka::markup
