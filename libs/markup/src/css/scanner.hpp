/// The characters of a selector, with a place to complain of. Internal.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/base/strings.hpp>

#include <cctype>
#include <string>
#include <string_view>

namespace filmoteka::markup {

class CssScanner {
 public:
  explicit CssScanner(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  /// True if there was white space.
  bool skip_blanks() {
    const auto before = at_;
    while (!at_end() && std::string_view(" \t\n\r\f").find(text_[at_]) != std::string_view::npos) ++at_;
    return at_ != before;
  }
  bool take(std::string_view wanted) {
    if (!text_.substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }
  /// An identifier, "" if there is none; `\` takes the next character as it is.
  std::string identifier() {
    std::string name;
    for (; !at_end(); ++at_) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '\\' && at_ + 1 < text_.size()) {
        name += text_[++at_];
      } else if (std::isalnum(c) != 0 || c == '-' || c == '_' || c >= 0x80) {
        name += static_cast<char>(c);
      } else {
        break;
      }
    }
    return name;
  }
  Result<std::string> quoted() {
    const char quote = peek();
    std::string value;
    for (++at_; !at_end(); ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        return value;
      }
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_];
    }
    return expected("the end of the quoted text");
  }
  /// All up to a character, which stays.
  std::string_view until(char end) {
    const auto rest = text_.substr(at_);
    const auto found = rest.substr(0, rest.find(end));
    at_ += found.size();
    return found;
  }
  Error expected(std::string_view what) const {
    return invalid_argument("at character " + std::to_string(at_ + 1) + " of '" + std::string(text_) +
                            "': " + std::string(what) + " is expected");
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace filmoteka::markup
