/// Our search, asked as GET /movies?q=… asks it, without HTTP.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/snapshot.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace filmoteka::bench {

/// The first page by relevance, as its JSON is read.
struct Found {
  std::vector<domain::MovieId> films;
  std::uint64_t total = 0;
};

/// The page itself, which is what is measured; gives its JSON.
std::string search(const metadata::Snapshot& snapshot, const std::string& q);
/// GET /suggest?q=… with the contract's limit.
std::string suggest(const metadata::Snapshot& snapshot, const std::string& q);
Found found(const metadata::Snapshot& snapshot, const std::string& q);

}  // namespace filmoteka::bench
