/// A raw film → the facts of a film: every field in our form, or left out with a warning. Nothing is judged
/// here: that is validate()'s.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/domain/movie.hpp>

#include <scraper/core/pipeline/reject.hpp>
#include <scraper/core/source/mapping.hpp>

#include <chrono>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

struct NormaliseOptions {
  std::string_view source;  ///< the source's name, for a film that does not say where it is from
  std::chrono::minutes assumed_offset{0};  ///< of time stamps without a zone
  Timestamp now;                           ///< bounds the year
};

struct NormalisedFilm {
  domain::MovieFacts facts;  ///< canonical
  /// Fields that could not be read and were left out, or were cut: "year_unreadable", "description_cut".
  std::vector<Reason> warnings;
};

NormalisedFilm normalise_film(const RawFilm& raw, const NormaliseOptions& options);

}  // namespace filmoteka::scraper
