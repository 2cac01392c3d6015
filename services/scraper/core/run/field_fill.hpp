/// Which fields the films of a run have: what health is judged by. Pure.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <scraper/core/run/observations.hpp>

#include <array>
#include <unordered_set>

namespace filmoteka::scraper {

class FieldFill {
 public:
  void count(const domain::MovieFacts& film);
  /// Puts films, distinct_titles and filled.
  void put(Observations& observations) const;

 private:
  static constexpr std::size_t kFields = 18;
  std::uint64_t films_ = 0;
  std::array<std::uint64_t, kFields> filled_{};
  std::unordered_set<std::uint64_t> titles_;  ///< hashes
};

}  // namespace filmoteka::scraper
