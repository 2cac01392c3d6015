/// The bands into which facets put numbers.
#pragma once

#include <cstdint>

namespace filmoteka::metadata {

/// Ratings by whole numbers: band 7 is 7.0–7.9, the last one, 9, is 9.0–10.0.
inline constexpr std::int32_t kRatingBands = 10;
/// Durations by half hours: band 1 is 30:00–59:59, the last one, 5, is 2:30:00 and longer.
inline constexpr std::int32_t kDurationBands = 6;
inline constexpr std::int32_t kDurationBand = 1'800;  ///< seconds

/// `rating` in tenths, not absent.
constexpr std::int32_t rating_band(std::int32_t rating) {
  const std::int32_t band = rating / 10;
  return band < kRatingBands ? band : kRatingBands - 1;
}
/// `duration` in seconds, not absent.
constexpr std::int32_t duration_band(std::int32_t duration) {
  const std::int32_t band = duration / kDurationBand;
  return band < kDurationBands ? band : kDurationBands - 1;
}
/// 1994 → 1990.
constexpr std::int32_t decade(std::int32_t year) {
  return year / 10 * 10;
}

}  // namespace filmoteka::metadata
