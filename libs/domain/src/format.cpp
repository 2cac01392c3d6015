#include <filmoteka/domain/format.hpp>

#include <array>
#include <cmath>
#include <cstdio>

namespace filmoteka::domain {

std::string format_duration(std::int32_t seconds) {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%d:%02d:%02d", seconds / 3600,
                                   seconds / 60 % 60, seconds % 60);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string join_genres(const std::vector<std::string>& genres) {
  std::string joined;
  for (const std::string& genre : genres) {
    if (!joined.empty()) joined += ", ";
    joined += genre;
  }
  return joined;
}

std::string format_rating(RatingTenths rating) {
  std::string text = std::to_string(rating / 10);
  if (rating % 10 != 0) text += "." + std::to_string(rating % 10);
  return text;
}

std::optional<RatingTenths> rating_from(double value) {
  if (!(value >= 0 && value <= 10)) return std::nullopt;
  return static_cast<RatingTenths>(std::lround(value * 10));
}

}  // namespace filmoteka::domain
