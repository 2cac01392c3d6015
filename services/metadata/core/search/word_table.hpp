/// Numbers for the words of many films, in the order of first appearance.
#pragma once

#include <metadata/core/catalogue/text_column.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// A hash table with open addressing over one buffer of texts: a look-up is two cache misses at most, and a
/// million films have thirty million words.
class WordTable {
 public:
  struct Word {
    std::uint32_t hash = 0;
    std::uint32_t number = kFree;
    std::uint32_t offset = 0;  ///< of its text
    std::uint32_t mark = 0;    ///< for the caller, 0 at first
  };
  /// Good until the next call.
  Word& intern(std::string_view word);
  const TextColumn& texts() const { return texts_; }
  std::size_t size() const { return texts_.size(); }

 private:
  static constexpr std::uint32_t kFree = 0xFFFF'FFFF;
  void grow();

  TextColumn texts_;
  std::vector<Word> slots_;  // a power of two, at most half full
};

}  // namespace filmoteka::metadata
