/// Tells what this store's services made from what others made.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

inline constexpr std::size_t kSignatureSize = 16;

/// HMAC-SHA256 of `text` by `key`, its first 16 bytes.
std::string sign(std::string_view text, std::string_view key);

/// SHA-256 of `text` in hexadecimal: equal for equal texts only.
std::string digest(std::string_view text);

/// Whether `signature` is that of `text`; takes the same time wherever it differs.
bool is_signed(std::string_view text, std::string_view signature, std::string_view key);

}  // namespace filmoteka::metadata
