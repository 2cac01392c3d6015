/// Questions for the films of FilmMix::kCrowded.
#pragma once

#include <metadata/core/query/list_query.hpp>
#include <metadata/core/testing/random.hpp>

namespace filmoteka::metadata::testing {

/// Any combination of filters, order, page and fields; most of them match something.
ListQuery random_query(Random& random);

}  // namespace filmoteka::metadata::testing
