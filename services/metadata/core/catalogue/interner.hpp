/// Numbers for texts that many films share.
#pragma once

#include <filmoteka/base/strings.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace filmoteka::metadata {

/// Numbers ascend from 0 in the order of first appearance.
class Interner {
 public:
  std::uint32_t intern(std::string_view text) {
    if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(numbers_.size());
    numbers_.emplace(text, number);
    return number;
  }
  std::size_t size() const { return numbers_.size(); }

  /// The texts by number. Leaves the interner empty.
  std::vector<std::string> take() {
    std::vector<std::string> texts(numbers_.size());
    while (!numbers_.empty()) {
      auto node = numbers_.extract(numbers_.begin());
      texts[node.mapped()] = std::move(node.key());
    }
    return texts;
  }

 private:
  std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>> numbers_;
};

}  // namespace filmoteka::metadata
