/// Words in the alphabet of the dictionary's DAWGs, which is Windows-1251.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::language {

inline constexpr std::uint8_t kIe = 0xE5;  // е
inline constexpr std::uint8_t kIo = 0xB8;  // ё

/// `folded_word` with a byte for each letter; nullopt if a character is no small Russian letter (ё is
/// folded away).
std::optional<std::string> to_letters(std::string_view folded_word);

}  // namespace filmoteka::language
