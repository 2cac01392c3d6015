/// Films for tests and benchmarks: made up, the same for the same seed on every machine.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <cstdint>

namespace filmoteka::metadata::testing {

enum class FilmMix {
  kRealistic,  ///< the skew of a real catalogue: titles, genres, years, views, gaps
  kCrowded,    ///< few distinct values, so that ties, gaps and equal titles are everywhere
};

class FilmGenerator {
 public:
  explicit FilmGenerator(std::uint64_t seed, FilmMix mix = FilmMix::kRealistic) : seed_(seed), mix_(mix) {}

  /// Film `id` in its `revision`: a pure function of seed, mix, id and revision. Its facts are
  /// valid; those of kRealistic are canonical too.
  domain::Movie film(domain::MovieId id, domain::Revision revision) const;
  /// With revision = id: the film as it first enters.
  domain::Movie film(domain::MovieId id) const { return film(id, id); }

 private:
  std::uint64_t seed_;
  FilmMix mix_;
};

}  // namespace filmoteka::metadata::testing
