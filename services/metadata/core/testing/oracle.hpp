/// The catalogue as plainly as it can be said: look at all films, sort them, cut the page out. What every
/// answer of the real one is compared with.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/query/list_query.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace filmoteka::metadata::testing {

class Oracle {
 public:
  void apply(const Change& change);
  const std::map<domain::MovieId, domain::Movie>& films() const { return films_; }

  struct Page {
    std::vector<domain::MovieId> ids;
    std::size_t total = 0;
  };
  Page list(const ListQuery& query) const;

  struct GenreCount {
    std::string value;
    std::size_t count = 0;
    bool operator==(const GenreCount&) const = default;
  };
  std::vector<GenreCount> genres() const;

 private:
  std::map<domain::MovieId, domain::Movie> films_;
};

}  // namespace filmoteka::metadata::testing
