#include <metadata/core/full_films/film_value.hpp>
#include <metadata/core/signature.hpp>

#include <cstddef>
#include <cstdint>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kRevisionSize = sizeof(std::uint64_t);

std::string signed_text(domain::MovieId id, std::string_view payload) {
  return film_key(id) + '\n' + std::string(payload);
}

}  // namespace

std::string film_key(domain::MovieId id) {
  return "filmoteka:film:1:" + std::to_string(id);
}

std::string write_film_value(domain::MovieId id, const FilmValue& film, std::string_view secret) {
  std::string value;
  const auto revision = static_cast<std::uint64_t>(film.revision);
  for (unsigned shift = 0; shift < 64; shift += 8) value += static_cast<char>(revision >> shift & 255);
  value += film.details;
  value += sign(signed_text(id, value), secret);
  return value;
}

std::optional<FilmValue> read_film_value(domain::MovieId id, std::string_view value,
                                         std::string_view secret) {
  if (value.size() < kRevisionSize + kSignatureSize) return std::nullopt;
  const std::string_view payload = value.substr(0, value.size() - kSignatureSize);
  if (!is_signed(signed_text(id, payload), value.substr(payload.size()), secret)) return std::nullopt;
  std::uint64_t revision = 0;
  for (std::size_t i = 0; i < kRevisionSize; ++i) {
    revision |= std::uint64_t{static_cast<unsigned char>(payload[i])} << (8 * i);
  }
  return FilmValue{static_cast<domain::Revision>(revision), payload.substr(kRevisionSize)};
}

}  // namespace filmoteka::metadata
