/// What made-up films are made of: words as they stand in film titles, and how often real catalogues have
/// which genre, country, year, rating and length. Facts counted from public lists of films, rounded; no text
/// of anybody's.
#pragma once

#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace filmoteka::metadata::testing {

struct Weighted {
  std::string_view text;
  std::uint32_t weight = 0;
};

/// A choice by weight: a view of constant tables, some nanoseconds a pick.
class Choice {
 public:
  static constexpr std::size_t kGuides = 256;
  static constexpr unsigned kPointBits = 24;  ///< the weights add up to 2^24

  /// `upto`: sums of the weights. `guides`: for each 256th of the sum, the first choice that reaches into it.
  constexpr Choice(std::span<const std::string_view> texts, std::span<const std::uint32_t> upto,
                   std::span<const std::uint8_t, kGuides> guides)
      : texts_(texts), upto_(upto), guides_(guides) {}

  std::string_view pick(Random& random) const {
    const auto point = static_cast<std::uint32_t>(random.next() >> (64 - kPointBits));
    std::size_t i = guides_[point >> (kPointBits - 8)];
    while (upto_[i] <= point) ++i;
    return texts_[i];
  }

 private:
  std::span<const std::string_view> texts_;
  std::span<const std::uint32_t> upto_;
  std::span<const std::uint8_t, kGuides> guides_;
};

/// Values by quantile: `cuts` are the values below which equal shares lie; even between two cuts.
class Quantiles {
 public:
  constexpr explicit Quantiles(std::span<const std::int32_t> cuts) : cuts_(cuts) {}

  std::int32_t pick(Random& random) const {
    const std::size_t part = random.below(cuts_.size() - 1);
    return static_cast<std::int32_t>(random.between(cuts_[part], cuts_[part + 1]));
  }

 private:
  std::span<const std::int32_t> cuts_;
};

enum class Gender : std::uint8_t { kMasculine, kFeminine, kNeuter };

/// Russian nouns of one gender, the frequent ones first.
Choice russian_nouns(Gender gender);
/// Without their endings, hard stems (-ый, -ая, -ое) only.
Choice russian_adjectives();
std::string_view ending(Gender gender);
Choice russian_places();  ///< "на берегу"
Choice english_nouns();
Choice english_adjectives();
Choice english_places();  ///< "in Paris"

/// What the many uncommon words and names of titles are put together from, two to four of them.
Choice russian_syllables();
Choice english_syllables();

Choice first_names();
/// Halves of surnames and of names of towns: each first with each second.
struct Halves {
  Choice first;
  Choice second;
};
Halves russian_surnames();
Halves english_surnames();
Halves russian_towns();

Choice genres();
/// Genres of some time only: nothing silent after 1930, no anime before 1960.
bool has_its_time(std::string_view genre, std::int32_t year);
Choice countries();
Choice sources();
std::int32_t pick_year(Random& random);
Quantiles feature_seconds();
Quantiles short_seconds();
Quantiles ratings();            ///< tenths
Quantiles description_words();  ///< how many

}  // namespace filmoteka::metadata::testing
