#include "css_to_xpath.hpp"

#include "nth.hpp"
#include "scanner.hpp"

#include <filmoteka/markup/document.hpp>

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

namespace filmoteka::markup {

namespace {

constexpr std::size_t kLongest = 2'000;
constexpr int kDeepest = 10;

/// XPath has no escapes in texts.
std::string literal(std::string_view text) {
  if (text.find('\'') == std::string_view::npos) return "'" + std::string(text) + "'";
  if (text.find('"') == std::string_view::npos) return '"' + std::string(text) + '"';
  std::string parts = "concat(";
  bool is_first = true;
  for (const auto part : split(text, '\'')) {
    if (!is_first) parts += ",\"'\",";
    is_first = false;
    parts += "'" + std::string(part) + "'";
  }
  return parts + ")";
}

bool is_plain_name(std::string_view name) {
  const auto is_of_a_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         name.front() != '-' && std::all_of(name.begin(), name.end(), is_of_a_name);
}

std::string lower(std::string_view expression) {
  return "translate(" + std::string(expression) +
         ",'ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',"
         "'abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюя')";
}

std::string has_word(const std::string& of, const std::string& word) {
  return "has-word(" + of + "," + word + ")";
}

/// One element's own conditions.
struct Compound {
  std::string type;  ///< empty: any
  std::vector<std::string> conditions;
};

/// Compounds from the left to the right, each but the first with the combinator before it: ' ' > + ~.
struct Complex {
  std::vector<Compound> compounds;
  std::vector<char> combinators;  ///< one less, or as many where the selector is relative (:has)
  std::string value;              ///< "/text()", "/@href": of ::text and ::attr
};

std::string self_test(const Compound& compound) {
  std::string test = compound.type.empty() ? std::string() : "self::" + compound.type;
  for (const auto& condition : compound.conditions) test += (test.empty() ? "" : " and ") + condition;
  return test.empty() ? "true()" : test;
}

/// The step back from an element to the one on the left of a combinator.
std::string_view axis_back(char combinator) {
  if (combinator == '>') return "parent::*";
  if (combinator == '+') return "preceding-sibling::*[1]";
  return combinator == '~' ? "preceding-sibling::*" : "ancestor::*";
}

std::string_view axis_forth(char combinator) {
  if (combinator == '>') return "child::*";
  if (combinator == '+') return "following-sibling::*[1]";
  return combinator == '~' ? "following-sibling::*" : "descendant::*";
}

/// A condition that holds for an element that the selector matches, from the right to the left.
std::string matches(const Complex& complex) {
  std::string test;
  for (std::size_t i = 0; i < complex.compounds.size(); ++i) {
    auto own = self_test(complex.compounds[i]);
    if (i > 0) own += " and " + std::string(axis_back(complex.combinators[i - 1])) + "[" + test + "]";
    test = std::move(own);
  }
  return test;
}

/// A path from an element to those that a relative selector finds.
std::string path_of(const Complex& relative) {
  std::string path;
  for (std::size_t i = 0; i < relative.compounds.size(); ++i) {
    if (i > 0) path += '/';
    path += std::string(axis_forth(relative.combinators[i])) + "[" + self_test(relative.compounds[i]) + "]";
  }
  return path;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : scanner_(text) {}

  Result<std::string> whole() {
    std::string expression;
    while (true) {
      FILMOTEKA_TRY(const auto complex, read_complex(false));
      expression += "descendant-or-self::*[" + matches(complex) + "]" + complex.value;
      scanner_.skip_blanks();
      if (scanner_.at_end()) return expression;
      if (!scanner_.take(",")) return scanner_.expected("a comma or the end");
      expression += " | ";
    }
  }

 private:
  std::optional<char> combinator() {
    const bool blank = scanner_.skip_blanks();
    for (const char c : {'>', '+', '~'}) {
      if (!scanner_.take({&c, 1})) continue;
      scanner_.skip_blanks();
      return c;
    }
    const char next = scanner_.peek();
    if (!blank || scanner_.at_end() || next == ',' || next == ')') return std::nullopt;
    return ' ';
  }

  Result<Complex> read_complex(bool is_relative) {
    Complex complex;
    scanner_.skip_blanks();
    if (is_relative) complex.combinators.push_back(combinator().value_or(' '));
    while (true) {
      FILMOTEKA_TRY(auto compound, read_compound(complex));
      complex.compounds.push_back(std::move(compound));
      const auto next = complex.value.empty() ? combinator() : std::nullopt;
      if (!next) return complex;
      complex.combinators.push_back(*next);
    }
  }

  Result<Compound> read_compound(Complex& complex) {
    Compound compound;
    bool is_there = scanner_.take("*");
    if (!is_there) {
      auto name = scanner_.identifier();
      is_there = !name.empty();
      // What XPath takes for no name is compared as a text.
      if (is_plain_name(name))
        compound.type = std::move(name);
      else if (is_there)
        compound.conditions.push_back("local-name()=" + literal(name));
    }
    while (true) {
      if (scanner_.take("::")) {
        FILMOTEKA_TRY(complex.value, read_value());
        return compound;
      }
      FILMOTEKA_TRY(const bool more, read_condition(compound));
      if (!more) break;
      is_there = true;
    }
    if (!is_there) return scanner_.expected("a type, .class, #id, [attribute] or :condition");
    return compound;
  }

  Result<std::string> read_value() {
    const auto name = scanner_.identifier();
    if (depth_ > 0) return scanner_.expected("no ::value inside of brackets");
    if (name == "text") return std::string("/text()");
    if (name != "attr" || !scanner_.take("(")) return scanner_.expected("::text or ::attr(name)");
    const auto attribute = scanner_.identifier();
    if (attribute.empty() || !scanner_.take(")")) return scanner_.expected("the name of an attribute");
    return "/@" + attribute;
  }

  /// False: there is none.
  Result<bool> read_condition(Compound& compound) {
    if (scanner_.take("#") || scanner_.peek() == '.') {
      const bool is_class = scanner_.take(".");
      const auto name = scanner_.identifier();
      if (name.empty()) return scanner_.expected("a name");
      compound.conditions.push_back(is_class ? has_word("@class", literal(name)) : "@id=" + literal(name));
      return true;
    }
    if (scanner_.take("[")) {
      FILMOTEKA_TRY(auto condition, read_attribute());
      compound.conditions.push_back(std::move(condition));
      return true;
    }
    if (!scanner_.take(":")) return false;
    FILMOTEKA_TRY(auto condition, read_pseudo(compound.type));
    compound.conditions.push_back(std::move(condition));
    return true;
  }

  Result<std::string> read_attribute() {
    scanner_.skip_blanks();
    const auto name = scanner_.identifier();
    if (name.empty()) return scanner_.expected("the name of an attribute");
    scanner_.skip_blanks();
    if (scanner_.take("]")) return "@" + name;
    char kind = '=';
    for (const char c : {'~', '|', '^', '$', '*', '!'})
      if (scanner_.take({&c, 1})) kind = c;
    if (!scanner_.take("=")) return scanner_.expected("an operator like = or *=");
    scanner_.skip_blanks();
    FILMOTEKA_TRY(const auto value, read_text());
    scanner_.skip_blanks();
    const bool any_case = scanner_.take("i");
    scanner_.skip_blanks();
    if (!scanner_.take("]")) return scanner_.expected("]");
    return compare("@" + name, kind, value, any_case);
  }

  Result<std::string> read_text() {
    if (scanner_.peek() == '"' || scanner_.peek() == '\'') return scanner_.quoted();
    auto text = scanner_.identifier();
    if (text.empty()) return scanner_.expected("a text");
    return text;
  }

  static std::string compare(const std::string& attribute, char kind, const std::string& value,
                             bool any_case) {
    const auto left = any_case ? lower(attribute) : attribute;
    const auto right = any_case ? lower(literal(value)) : literal(value);
    // Of an empty text these three find nothing.
    if (value.empty() && (kind == '^' || kind == '$' || kind == '*')) return "false()";
    switch (kind) {
      case '~':
        return has_word(left, right);
      case '|':
        return "(" + left + "=" + right + " or starts-with(" + left + ",concat(" + right + ",'-')))";
      case '^':
        return "starts-with(" + left + "," + right + ")";
      case '$':
        return "(string-length(" + attribute + ")>=string-length(" + right + ") and substring(" + left +
               ",string-length(" + attribute + ")-string-length(" + right + ")+1)=" + right + ")";
      case '*':
        return "contains(" + left + "," + right + ")";
      case '!':
        return "not(" + attribute + " and " + left + "=" + right + ")";
      default:
        return left + "=" + right;
    }
  }

  Result<std::string> read_pseudo(const std::string& type) {
    const auto name = scanner_.identifier();
    if (name == "empty") return std::string("not(*) and not(text())");
    if (name == "root") return std::string("not(parent::*)");
    if (auto position = fixed_position(name, type)) return std::move(*position);
    if (!scanner_.take("(")) return scanner_.expected("a condition that is known (not ':" + name + "')");
    if (++depth_ > kDeepest) return scanner_.expected("no more than ten brackets inside of each other");
    FILMOTEKA_TRY(auto condition, read_function(name, type));
    --depth_;
    scanner_.skip_blanks();
    if (!scanner_.take(")")) return scanner_.expected(")");
    return condition;
  }

  Result<std::string> read_function(const std::string& name, const std::string& type) {
    scanner_.skip_blanks();
    if (name == "contains") {
      FILMOTEKA_TRY(const auto text, read_text());
      return "contains(string(.)," + literal(text) + ")";
    }
    if (name == "icontains") {
      FILMOTEKA_TRY(const auto text, read_text());
      return "contains(" + lower("string(.)") + "," + lower(literal(text)) + ")";
    }
    if (name == "has") return read_list(true);
    if (name == "is" || name == "where") return read_list(false);
    if (name == "not") {
      FILMOTEKA_TRY(const auto list, read_list(false));
      return "not" + list;
    }
    const auto nth = Nth::family(name);
    if (!nth) return scanner_.expected("a condition that is known (not ':" + name + "()')");
    const auto step = Nth::parse(scanner_.until(')'));
    if (!step) return scanner_.expected("a position like 2, odd or 3n+1");
    return nth->condition(*step, type);
  }

  /// "(a or b)".
  Result<std::string> read_list(bool is_relative) {
    std::string condition = "(";
    while (true) {
      FILMOTEKA_TRY(const auto complex, read_complex(is_relative));
      condition += is_relative ? path_of(complex) : "(" + matches(complex) + ")";
      scanner_.skip_blanks();
      if (!scanner_.take(",")) return condition + ")";
      condition += " or ";
    }
  }

  static std::optional<Result<std::string>> fixed_position(const std::string& name, const std::string& type) {
    const auto one = [&type](const char* family) {
      return Nth::family(family)->condition({0, 1}, type);
    };
    if (name == "first-child") return one("nth-child");
    if (name == "last-child") return one("nth-last-child");
    if (name == "first-of-type") return one("nth-of-type");
    if (name == "last-of-type") return one("nth-last-of-type");
    if (name == "only-child")
      return Result<std::string>("not(preceding-sibling::*) and not(following-sibling::*)");
    return std::nullopt;
  }

  CssScanner scanner_;
  int depth_ = 0;
};

}  // namespace

Result<std::string> css_to_xpath(std::string_view selector) {
  if (selector.size() > kLongest)
    return invalid_argument("the selector is longer than " + std::to_string(kLongest) + " characters");
  return Parser(selector).whole();
}

}  // namespace filmoteka::markup
