/// Sets of bits put together word by word: loops that the compiler leaves as they are, for it does not know
/// that the words do not overlap, and that are worth being written for the processor.
#pragma once

#include <cstdint>
#include <span>

namespace filmoteka::metadata {

/// Removes from `set` what is not in `other`. The spans of these functions do not overlap, and `other` is at
/// least as long as `set`.
void keep_bits(std::span<std::uint64_t> set, std::span<const std::uint64_t> other);
/// Adds to `set` what is in `other`.
void add_bits(std::span<std::uint64_t> set, std::span<const std::uint64_t> other);
/// Removes from `set` what is in `other`.
void remove_bits(std::span<std::uint64_t> set, std::span<const std::uint64_t> other);

}  // namespace filmoteka::metadata
