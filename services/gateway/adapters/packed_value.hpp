/// Bytes as they lie in a store that others write to as well.
///   version   1 byte
///   a zstd frame (RFC 8878) with its content's size and checksum, of
///     length of the key   4 bytes, little-endian
///     key                 in full: what stands in its place by a collision of hashes shows itself
///     bytes
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// What the first byte says: 1 is the layout above.
inline constexpr char kPackedVersion = 1;

/// Takes milliseconds for a large answer: not on an I/O thread. Throws std::bad_alloc only.
std::string packed(std::string_view key, std::string_view bytes);

/// What was packed under that key. nullopt for everything else: another key, another version, a part, damage,
/// more than `max_bytes`. Takes no more memory than that, whatever it is given.
std::optional<std::string> unpacked(std::string_view key, std::string_view value, std::size_t max_bytes);

}  // namespace filmoteka::gateway
