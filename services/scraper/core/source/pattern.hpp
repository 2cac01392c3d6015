/// Regular expressions of definitions: RE2, so that no input makes them slow. Syntax:
/// https://github.com/google/re2/wiki/Syntax
#pragma once

#include <scraper/core/source/compilation.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace filmoteka::scraper {

/// Immutable, thread-safe, cheap to copy.
class Pattern {
 public:
  /// nullopt, and a fault, for what is no regular expression or too large a one.
  static std::optional<Pattern> compile(std::string_view text, const std::string& place, int line,
                                        Compilation& compilation);

  int groups() const;
  /// "" or what is wrong with a text that refers to groups by \1 … \9 (\0: the whole match).
  std::string fault_in_rewrite(std::string_view rewrite) const;

  bool found_in(std::string_view text) const;
  /// `rewrite` filled with the groups of the first match; nullopt if there is none.
  std::optional<std::string> extract(std::string_view text, std::string_view rewrite) const;
  /// Each match replaced by `rewrite`.
  std::string replace_all(std::string text, std::string_view rewrite) const;

 private:
  explicit Pattern(std::shared_ptr<const re2::RE2> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace filmoteka::scraper
