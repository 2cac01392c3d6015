#include <metadata/core/catalogue/bit_count.hpp>
#include <metadata/core/catalogue/bit_logic.hpp>
#include <metadata/core/catalogue/bitmap.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

// A list is walked some eight times slower than a bitmap of the same bytes.
constexpr std::size_t kSparseShare = 8;

}  // namespace

Bitmap::Bitmap(std::size_t size, bool value)
    : size_(size), words_((size + kBits - 1) / kBits, value ? ~std::uint64_t{0} : 0) {
  if (value && size % kBits != 0) words_.back() = (std::uint64_t{1} << (size % kBits)) - 1;
}

std::size_t Bitmap::count() const {
  return count_bits(words_);
}

Bitmap& Bitmap::operator&=(const Bitmap& other) {
  keep_bits(words_, other.words_);
  return *this;
}

Bitmap& Bitmap::operator|=(const Bitmap& other) {
  add_bits(words_, other.words_);
  return *this;
}

Bitmap& Bitmap::subtract(const Bitmap& other) {
  remove_bits(words_, other.words_);
  return *this;
}

std::size_t intersection_count(const Bitmap& a, const Bitmap& b) {
  return count_common_bits(a.words(), b.words());
}

Posting::Posting(std::vector<Row> rows, std::size_t size) : count_(rows.size()) {
  if (rows.size() * sizeof(Row) * kSparseShare < size / 8) {
    rows.shrink_to_fit();
    sparse_ = std::move(rows);
    return;
  }
  dense_ = Bitmap(size);
  for (const Row row : rows) dense_.set(row);
}

void Posting::add_to(std::span<std::uint64_t> words, std::size_t first_word) const {
  if (is_dense()) return add_bits(words, dense_.words().subspan(first_word));
  const std::size_t first_row = first_word * Bitmap::kBits;
  const std::size_t end = first_row + words.size() * Bitmap::kBits;
  for (auto row = std::lower_bound(sparse_.begin(), sparse_.end(), first_row);
       row != sparse_.end() && *row < end; ++row) {
    const std::size_t bit = *row - first_row;
    words[bit / Bitmap::kBits] |= std::uint64_t{1} << (bit % Bitmap::kBits);
  }
}

void Posting::keep_in(Bitmap& set) const {
  if (is_dense()) {
    set &= dense_;
    return;
  }
  Bitmap own(set.size());
  for (const Row row : sparse_) {
    if (set.test(row)) own.set(row);
  }
  set = std::move(own);
}

void Posting::remove_from(Bitmap& set) const {
  if (dense_.size() != 0) {
    set.subtract(dense_);
  } else {
    for (const Row row : sparse_) set.reset(row);
  }
}

std::size_t Posting::count_in(const Bitmap& set) const {
  if (dense_.size() != 0) return intersection_count(dense_, set);
  return static_cast<std::size_t>(
      std::count_if(sparse_.begin(), sparse_.end(), [&](Row row) { return set.test(row); }));
}

std::size_t Posting::bytes() const {
  return sparse_.capacity() * sizeof(Row) + dense_.words().size_bytes();
}

}  // namespace filmoteka::metadata
