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
  /// What the film is sorted and filtered by.
  std::int64_t frozen_views(domain::MovieId id) const { return frozen_views_.at(id); }

  /// Raises local views of a film; those of one that is not there wait for it.
  void set_views(domain::MovieId id, std::int64_t views);
  /// What sorting and filtering by views see from now on.
  void freeze_views();

  struct Page {
    std::vector<domain::MovieId> ids;
    std::size_t total = 0;
  };
  Page list(const ListQuery& query) const;
  /// All that match, in order.
  std::vector<domain::MovieId> all(const ListQuery& query) const;

  struct Count {
    std::string value;  ///< numbers in decimal notation
    std::size_t count = 0;
    bool operator==(const Count&) const = default;
  };
  std::vector<Count> genres() const;
  std::vector<Count> facet(Facet facet, const ListQuery& query) const;

 private:
  struct Film {
    const domain::Movie* movie;
    std::int64_t views;  // frozen
  };
  std::vector<Film> found(const ListQuery& query) const;
  std::map<std::string, std::string> shown_genres() const;

  std::map<domain::MovieId, std::int64_t> frozen_views_;
  std::map<domain::MovieId, std::int64_t> waiting_views_;
  std::map<domain::MovieId, domain::Movie> films_;
};

}  // namespace filmoteka::metadata::testing
