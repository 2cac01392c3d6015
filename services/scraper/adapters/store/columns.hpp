/// How times stand in the tables: milliseconds since 1970.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <cstdint>
#include <optional>

namespace filmoteka::scraper::tables {

inline std::int64_t to_column(Timestamp time) {
  return time.time_since_epoch().count();
}
inline std::optional<std::int64_t> to_column(const std::optional<Timestamp>& time) {
  return time ? std::optional(to_column(*time)) : std::nullopt;
}
inline Timestamp from_column(std::int64_t milliseconds) {
  return Timestamp(std::chrono::milliseconds(milliseconds));
}
inline std::optional<Timestamp> from_column(const std::optional<std::int64_t>& milliseconds) {
  return milliseconds ? std::optional(from_column(*milliseconds)) : std::nullopt;
}

}  // namespace filmoteka::scraper::tables
