/// Which of the generated films have which values: what postings are made of.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace filmoteka::bench {

using metadata::Row;
/// Ascending.
using Rows = std::vector<Row>;

struct Facts {
  std::size_t films = 0;
  // One list of rows for each value that occurs, by falling number of films for genres, else by value.
  std::vector<Rows> genres;
  std::vector<Rows> years;
  std::vector<Rows> rating_bands;
};
Facts facts_of(std::size_t films);

/// About so many of a hundred rows, picked at random; the same for the same arguments.
Rows random_rows(std::size_t films, std::uint64_t percent);

}  // namespace filmoteka::bench
