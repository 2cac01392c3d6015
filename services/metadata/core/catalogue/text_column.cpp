#include <metadata/core/catalogue/text_column.hpp>

#include <limits>
#include <stdexcept>

namespace filmoteka::metadata {

void TextColumn::push_back(std::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max() - bytes.size()) {
    throw std::length_error("A text column of the catalogue would pass 4 GiB.");
  }
  bytes.append(text);
  offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
}

void TextColumn::append(const TextColumn& other, std::size_t first, std::size_t last) {
  const std::size_t begin = other.offsets[first];
  const std::size_t end = other.offsets[last];
  if (end - begin > std::numeric_limits<std::uint32_t>::max() - bytes.size()) {
    throw std::length_error("A text column of the catalogue would pass 4 GiB.");
  }
  // Unsigned arithmetic wraps: what is subtracted may be larger than what is there.
  const auto moved = static_cast<std::uint32_t>(bytes.size() - begin);
  bytes.append(other.bytes, begin, end - begin);
  for (std::size_t i = first + 1; i <= last; ++i) offsets.push_back(other.offsets[i] + moved);
}

}  // namespace filmoteka::metadata
