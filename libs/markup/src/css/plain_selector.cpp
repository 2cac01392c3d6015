#include "plain_selector.hpp"

#include "../has_word.hpp"
#include "../tree.hpp"
#include "scanner.hpp"

namespace filmoteka::markup {

namespace {

/// So that deep pages cost no more than their depth for each element.
constexpr std::size_t kMostCompounds = 3;

const xmlAttr* attribute_of(const xmlNode* element, std::string_view name) {
  for (const auto* one = element->properties; one != nullptr; one = one->next)
    if (one->ns == nullptr && view(one->name) == name) return one;
  return nullptr;
}

std::string_view text_of(const xmlAttr* attribute) {
  // A value is one text node, but for entities, which are not kept here.
  const auto* content = attribute == nullptr ? nullptr : attribute->children;
  return content == nullptr || content->next != nullptr ? std::string_view{} : view(content->content);
}

/// The one after it in document order, inside of `root`.
xmlNode* next_of(xmlNode* node, const xmlNode* root) {
  if (node->type == XML_ELEMENT_NODE && node->children != nullptr) return node->children;
  for (; node != root; node = node->parent)
    if (node->next != nullptr) return node->next;
  return nullptr;
}

}  // namespace

std::optional<PlainSelector> PlainSelector::parse(std::string_view selector) {
  PlainSelector plain;
  CssScanner scanner(selector);
  scanner.skip_blanks();
  bool is_child = false;
  while (true) {
    Compound compound;
    compound.is_child = is_child;
    bool is_there = scanner.take("*");
    if (!is_there) compound.type = scanner.identifier();
    is_there = is_there || !compound.type.empty();
    while (scanner.peek() == '.' || scanner.peek() == '#') {
      const bool is_class = scanner.take(".");
      if (!is_class) scanner.take("#");
      auto name = scanner.identifier();
      if (name.empty() || (!is_class && !compound.id.empty())) return std::nullopt;
      if (is_class)
        compound.classes.push_back(std::move(name));
      else
        compound.id = std::move(name);
      is_there = true;
    }
    if (!is_there && !scanner.take("::")) return std::nullopt;
    plain.compounds_.push_back(std::move(compound));
    if (plain.compounds_.size() > kMostCompounds) return std::nullopt;
    if (!is_there || scanner.take("::")) {
      const auto what = scanner.identifier();
      plain.value_ = what == "text" ? Value::kText : Value::kAttribute;
      if (what != "text") {
        if (what != "attr" || !scanner.take("(")) return std::nullopt;
        plain.attribute_ = scanner.identifier();
        if (plain.attribute_.empty() || !scanner.take(")")) return std::nullopt;
      }
      scanner.skip_blanks();
      if (!scanner.at_end()) return std::nullopt;
      return plain;
    }
    const bool blank = scanner.skip_blanks();
    if (scanner.at_end()) return plain;
    is_child = scanner.take(">");
    if (!is_child && !blank) return std::nullopt;
    scanner.skip_blanks();
  }
}

bool PlainSelector::fits(const Compound& compound, const xmlNode* element) {
  if (!compound.type.empty() && (element->ns != nullptr || view(element->name) != compound.type))
    return false;
  if (!compound.id.empty() && text_of(attribute_of(element, "id")) != compound.id) return false;
  if (compound.classes.empty()) return true;
  const auto classes = text_of(attribute_of(element, "class"));
  for (const auto& name : compound.classes)
    if (!has_word(classes, name)) return false;
  return true;
}

/// From the right to the left.
bool PlainSelector::matches(const xmlNode* element, std::size_t last) const {
  if (!fits(compounds_[last], element)) return false;
  if (last == 0) return true;
  for (const auto* one = element->parent; one != nullptr && one->type == XML_ELEMENT_NODE;
       one = one->parent) {
    if (matches(one, last - 1)) return true;
    if (compounds_[last].is_child) return false;
    // The nearest one that fits decides, for a farther one has fewer ancestors; but not where a parent
    // counts.
    if (fits(compounds_[last - 1], one) && !has_child_before(last)) return false;
  }
  return false;
}

bool PlainSelector::has_child_before(std::size_t last) const {
  for (std::size_t i = 1; i < last; ++i)
    if (compounds_[i].is_child) return true;
  return false;
}

void PlainSelector::take(xmlNode* element, std::vector<xmlNode*>& found) const {
  if (value_ == Value::kElement) return found.push_back(element);
  if (value_ == Value::kAttribute) {
    if (const auto* attribute = attribute_of(element, attribute_))
      found.push_back(reinterpret_cast<xmlNode*>(const_cast<xmlAttr*>(attribute)));
    return;
  }
  for (auto* child = element->children; child != nullptr; child = child->next)
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) found.push_back(child);
}

std::vector<xmlNode*> PlainSelector::select(xmlNode* context) const {
  std::vector<xmlNode*> found;
  for (auto* node = context; node != nullptr; node = next_of(node, context))
    if (node->type == XML_ELEMENT_NODE && matches(node, compounds_.size() - 1)) take(node, found);
  return found;
}

}  // namespace filmoteka::markup
