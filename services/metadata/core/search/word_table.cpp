#include <metadata/core/search/word_table.hpp>

#include <algorithm>
#include <functional>

namespace filmoteka::metadata {

WordTable::Word& WordTable::intern(std::string_view word) {
  if (2 * (texts_.size() + 1) > slots_.size()) grow();
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(word));
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Word& slot = slots_.data()[at];
    if (slot.number == kFree) {
      slot = {hash, static_cast<std::uint32_t>(texts_.size()), texts_.offsets.back(), 0};
      texts_.push_back(word);
      return slot;
    }
    if (slot.hash != hash || texts_.bytes.compare(slot.offset, word.size(), word) != 0) continue;
    if (texts_.offsets.data()[slot.number + 1] - slot.offset == word.size()) return slot;
  }
}

void WordTable::grow() {
  constexpr std::size_t kLeast = 64;
  std::vector<Word> old(std::max(kLeast, 2 * slots_.size()));
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Word& slot : old) {
    if (slot.number == kFree) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].number != kFree) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace filmoteka::metadata
