/// Ranges over columns.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/coarse_column.hpp>

#include <cstdint>
#include <vector>

namespace filmoteka::metadata {

/// Removes the rows whose value is below `from` or above `to`. `rows` is as long as the column.
void keep_within(const std::vector<std::int8_t>& column, std::int8_t from, std::int8_t to, Bitmap& rows);
void keep_within(const std::vector<std::int16_t>& column, std::int16_t from, std::int16_t to, Bitmap& rows);

/// The same; `coarse` is made of `column`.
void keep_within(const std::vector<std::int32_t>& column, const CoarseColumn& coarse, std::int64_t from,
                 std::int64_t to, Bitmap& rows);
void keep_within(const std::vector<std::int64_t>& column, const CoarseColumn& coarse, std::int64_t from,
                 std::int64_t to, Bitmap& rows);

}  // namespace filmoteka::metadata
