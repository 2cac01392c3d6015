/// The comparison at the end of a copy.
#pragma once

#include <filmoteka/base/result.hpp>

#include <metadata/core/copy/copyable_store.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace filmoteka::metadata {

struct Verified {
  std::uint64_t films = 0;
  std::string sha256;
  std::uint64_t later = 0;  ///< films that were not compared: the source has changed them since
};

/// `up_to`, `views_version`: what the target has of the source. `progress` gets the films compared so far.
/// kCorrupt: a film is not the same.
Task<Result<Verified>> verify_copy(MovieStore& source, MovieStore& target, domain::Revision up_to,
                                   std::int64_t views_version,
                                   const std::function<void(std::uint64_t)>& progress);

/// Whether the target has all deletions, idempotency keys and reviews that it was given; a review may lack
/// when one of its films does. kCorrupt: it has not.
Task<Result<void>> verify_surroundings(const Surroundings& given, CopyableStore& target);

}  // namespace filmoteka::metadata
