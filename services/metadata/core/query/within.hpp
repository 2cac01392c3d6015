/// Ranges over columns.
#pragma once

#include <metadata/core/catalogue/coarse_column.hpp>

#include <cstdint>
#include <span>

namespace filmoteka::metadata {

/// Removes from `words`, bits of the rows of `column` from its first on, those whose value is below `from` or
/// above `to`. So with all of them.
void keep_within(std::span<const std::int8_t> column, std::int8_t from, std::int8_t to,
                 std::span<std::uint64_t> words);
void keep_within(std::span<const std::int16_t> column, std::int16_t from, std::int16_t to,
                 std::span<std::uint64_t> words);

/// `groups` are those of the rows of `column`: a piece of `coarse.group`.
void keep_within(std::span<const std::int32_t> column, const CoarseColumn& coarse,
                 std::span<const std::int8_t> groups, std::int64_t from, std::int64_t to,
                 std::span<std::uint64_t> words);
void keep_within(std::span<const std::int64_t> column, const CoarseColumn& coarse,
                 std::span<const std::int8_t> groups, std::int64_t from, std::int64_t to,
                 std::span<std::uint64_t> words);

}  // namespace filmoteka::metadata
