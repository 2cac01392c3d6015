/// Loops over the words of bitmaps that are worth being written for the processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace filmoteka::metadata {

/// Bits that are set.
std::size_t count_bits(std::span<const std::uint64_t> words);
/// Bits that are set in both; `b` is at least as long as `a`.
std::size_t count_common_bits(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

}  // namespace filmoteka::metadata
