#include <metadata/core/catalogue/bitmap.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

// Four words at a time keep four counters independent, which is what hides the latency of popcount.
template <class WordAt>
std::size_t count_words(std::size_t size, WordAt word_at) {
  std::size_t counts[4] = {};
  std::size_t i = 0;
  for (; i + 4 <= size; i += 4) {
    for (std::size_t k = 0; k < 4; ++k) counts[k] += static_cast<std::size_t>(std::popcount(word_at(i + k)));
  }
  for (; i < size; ++i) counts[0] += static_cast<std::size_t>(std::popcount(word_at(i)));
  return counts[0] + counts[1] + counts[2] + counts[3];
}

}  // namespace

Bitmap::Bitmap(std::size_t size, bool value)
    : size_(size), words_((size + kBits - 1) / kBits, value ? ~std::uint64_t{0} : 0) {
  if (value && size % kBits != 0) words_.back() = (std::uint64_t{1} << (size % kBits)) - 1;
}

std::size_t Bitmap::count() const {
  return count_words(words_.size(), [this](std::size_t i) { return words_[i]; });
}

Bitmap& Bitmap::operator&=(const Bitmap& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  return *this;
}

Bitmap& Bitmap::operator|=(const Bitmap& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

Bitmap& Bitmap::subtract(const Bitmap& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  return *this;
}

std::size_t intersection_count(const Bitmap& a, const Bitmap& b) {
  return count_words(a.words().size(), [&](std::size_t i) { return a.words()[i] & b.words()[i]; });
}

Posting::Posting(std::vector<Row> rows, std::size_t size) : count_(rows.size()) {
  if (rows.size() * sizeof(Row) < size / 8) {
    rows.shrink_to_fit();
    sparse_ = std::move(rows);
    return;
  }
  dense_ = Bitmap(size);
  for (const Row row : rows) dense_.set(row);
}

void Posting::add_to(Bitmap& set) const {
  if (dense_.size() != 0) {
    set |= dense_;
  } else {
    for (const Row row : sparse_) set.set(row);
  }
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
