/// A catalogue and the oracle, living through the same random changes.
#pragma once

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/oracle.hpp>
#include <metadata/core/testing/random.hpp>

#include <cstdint>
#include <memory>

namespace filmoteka::metadata::testing {

class History {
 public:
  explicit History(std::uint64_t seed) : random_(seed), films_(seed, FilmMix::kCrowded) {}

  /// One of: films inserted, changed and deleted; a merge; views counted; the order by views made anew.
  void step();
  /// Inserts, changes or deletes so many films.
  void change(std::size_t count);
  void merge();

  Random& random() { return random_; }
  const Oracle& oracle() const { return oracle_; }
  std::shared_ptr<const Snapshot> snapshot() const { return catalogue_.snapshot(); }

 private:
  void view();

  Random random_;
  FilmGenerator films_;
  Catalogue catalogue_;
  Oracle oracle_;
  domain::MovieId last_id_ = 0;
  domain::Revision revision_ = 0;
};

}  // namespace filmoteka::metadata::testing
