/// A small random generator whose numbers are the same everywhere (std's distributions are not).
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace filmoteka::metadata::testing {

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e37'79b9'7f4a'7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9U;
    z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11ebU;
    return z ^ (z >> 31);
  }
  /// 0 … count - 1; count > 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  /// from … to.
  std::int64_t between(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(below(static_cast<std::size_t>(to - from) + 1));
  }
  bool chance(unsigned percent) { return below(100) < percent; }
  /// 0 … count - 1, small numbers much more often than large ones.
  std::size_t skewed(std::size_t count) { return below(below(below(count) + 1) + 1); }
  template <class Container>
  const auto& pick(const Container& from) {
    return *std::next(std::begin(from), static_cast<std::ptrdiff_t>(below(std::size(from))));
  }

 private:
  std::uint64_t state_;
};

}  // namespace filmoteka::metadata::testing
