/// The two ways to keep postings that are compared, with the same operations.
#pragma once

#include "facts.hpp"

#include <metadata/core/catalogue/bitmap.hpp>
#include <roaring/roaring.h>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace filmoteka::bench {

/// Dense words or sorted lists: what the catalogue does.
struct Words {
  using Posting = metadata::Posting;
  using Found = metadata::Bitmap;

  static Posting posting(const Rows& rows, std::size_t films) { return {rows, films}; }
  static Found found(const Rows& rows, std::size_t films) {
    Found set(films);
    for (const Row row : rows) set.set(row);
    return set;
  }
  static Found any_of(std::span<const Posting> postings, std::size_t films) {
    Found set(films);
    for (const Posting& posting : postings) posting.add_to(set);
    return set;
  }
  static void keep(Found& set, const Found& other) { set &= other; }
  static std::size_t count(const Found& set) { return set.count(); }
  static std::size_t count_in(const Posting& posting, const Found& set) { return posting.count_in(set); }
  static std::size_t bytes(const Posting& posting) { return posting.bytes(); }
};

/// CRoaring, with run containers where they are smaller.
struct Roaring {
  struct Free {
    void operator()(roaring_bitmap_t* bitmap) const { roaring_bitmap_free(bitmap); }
  };
  using Posting = std::unique_ptr<roaring_bitmap_t, Free>;
  using Found = Posting;

  static Posting posting(const Rows& rows, std::size_t) {
    Posting made(roaring_bitmap_of_ptr(rows.size(), rows.data()));
    roaring_bitmap_run_optimize(made.get());
    roaring_bitmap_shrink_to_fit(made.get());
    return made;
  }
  static Found found(const Rows& rows, std::size_t films) { return posting(rows, films); }
  static Found any_of(std::span<const Posting> postings, std::size_t) {
    std::vector<const roaring_bitmap_t*> all;
    for (const Posting& posting : postings) all.push_back(posting.get());
    return Found(roaring_bitmap_or_many(all.size(), all.data()));
  }
  static void keep(Found& set, const Found& other) { roaring_bitmap_and_inplace(set.get(), other.get()); }
  static std::size_t count(const Found& set) { return roaring_bitmap_get_cardinality(set.get()); }
  static std::size_t count_in(const Posting& posting, const Found& set) {
    return roaring_bitmap_and_cardinality(posting.get(), set.get());
  }
  static std::size_t bytes(const Posting& posting) { return roaring_bitmap_size_in_bytes(posting.get()); }
};

}  // namespace filmoteka::bench
