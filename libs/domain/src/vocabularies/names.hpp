/// A vocabulary: entries that are found by any of their names. Internal to genres and countries.
#pragma once

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/text.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace filmoteka::domain::vocabularies {

/// An entry with the names that it has beside those of its own, folded, with bars between.
template <class Value>
struct Entry {
  Value value;
  std::string_view others;
};

/// Finds entries by folded names. Made once, read by any thread.
template <class Value>
class Names {
 public:
  /// `names_of(value)`: those of the entry itself, as shown. `entries` outlive this.
  template <class NamesOf>
  Names(std::span<const Entry<Value>> entries, NamesOf names_of) {
    for (const auto& entry : entries) {
      for (const std::string_view name : names_of(entry.value)) by_name_.emplace(fold(name), &entry.value);
      for (const std::string_view name : split(entry.others, '|'))
        if (!name.empty()) by_name_.emplace(std::string(name), &entry.value);
    }
  }

  const Value* find(std::string_view folded) const {
    const auto found = by_name_.find(folded);
    return found == by_name_.end() ? nullptr : found->second;
  }

 private:
  std::unordered_map<std::string, const Value*, StringHash, std::equal_to<>> by_name_;
};

inline bool is_cyrillic(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (c >= 0x400 && c <= 0x52F) return true;
  }
  return false;
}

}  // namespace filmoteka::domain::vocabularies
