/// Many short texts in one buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// A text for each row in one buffer.
struct TextColumn {
  std::string bytes;
  std::vector<std::uint32_t> offsets{0};  ///< of each text, and the end of the last

  std::size_t size() const { return offsets.size() - 1; }
  std::string_view operator[](std::size_t i) const {
    return std::string_view(bytes).substr(offsets[i], offsets[i + 1] - offsets[i]);
  }
  /// Throws length_error when the column would pass 4 GiB.
  void push_back(std::string_view text);
  /// The texts `first` … `last` - 1 of `other`. Throws the same.
  void append(const TextColumn& other, std::size_t first, std::size_t last);
  /// Heap bytes.
  std::size_t memory() const { return bytes.capacity() + offsets.capacity() * sizeof(std::uint32_t); }
};

}  // namespace filmoteka::metadata
