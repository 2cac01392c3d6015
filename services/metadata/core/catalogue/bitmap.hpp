/// Sets of row numbers of a segment: dense 64-bit words, and postings that are dense unless that is
/// a waste.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace filmoteka::metadata {

/// Number of a film in its segment, from 0, in ascending order of id.
using Row = std::uint32_t;

/// A set of numbers below size(). Bits behind size() in the last word are always zero.
class Bitmap {
 public:
  static constexpr std::size_t kBits = 64;

  Bitmap() = default;
  explicit Bitmap(std::size_t size, bool value = false);

  std::size_t size() const { return size_; }
  // By data(): operator[] of the vector checks its index even in a release build, which is half of the price.
  bool test(std::size_t i) const { return (words_.data()[i / kBits] >> (i % kBits) & 1) != 0; }
  void set(std::size_t i) { words_.data()[i / kBits] |= std::uint64_t{1} << (i % kBits); }
  void reset(std::size_t i) { words_.data()[i / kBits] &= ~(std::uint64_t{1} << (i % kBits)); }

  std::size_t count() const;
  Bitmap& operator&=(const Bitmap& other);
  Bitmap& operator|=(const Bitmap& other);
  /// Removes what is in `other`.
  Bitmap& subtract(const Bitmap& other);

  std::span<const std::uint64_t> words() const { return words_; }
  /// For loops that make a whole word at once; keep the bits behind size() zero.
  std::span<std::uint64_t> words() { return words_; }

  template <class Visitor>
  void for_each(Visitor visit) const {
    const std::uint64_t* const words = words_.data();
    for (std::size_t w = 0, size = words_.size(); w < size; ++w) {
      for (std::uint64_t word = words[w]; word != 0; word &= word - 1) {
        visit(static_cast<Row>(w * kBits + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
  }
  bool operator==(const Bitmap&) const = default;

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

/// The number of bits set in both. The sizes must be equal.
std::size_t intersection_count(const Bitmap& a, const Bitmap& b);

/// The rows that have one value: a bitmap, or a sorted list while that is much smaller. Immutable.
class Posting {
 public:
  Posting() = default;
  /// `rows` ascending, below `size`.
  Posting(std::vector<Row> rows, std::size_t size);

  std::size_t count() const { return count_; }
  void add_to(Bitmap& set) const { add_to(set.words(), 0); }
  /// To a piece of a set: its words from `first_word` on.
  void add_to(std::span<std::uint64_t> words, std::size_t first_word) const;
  void remove_from(Bitmap& set) const;
  /// Removes what is not here.
  void keep_in(Bitmap& set) const;
  std::size_t count_in(const Bitmap& set) const;
  bool is_dense() const { return dense_.size() != 0; }
  /// Of a dense one.
  std::span<const std::uint64_t> dense_words() const { return dense_.words(); }
  std::size_t bytes() const;

 private:
  std::size_t count_ = 0;
  std::vector<Row> sparse_;
  Bitmap dense_;
};

}  // namespace filmoteka::metadata
