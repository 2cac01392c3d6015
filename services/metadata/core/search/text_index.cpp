#include <metadata/core/search/text_index.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace filmoteka::metadata {
namespace {

// The first word that is not before `text`, or, if `behind`, does not begin with it.
WordId boundary(const TextColumn& words, std::string_view text, bool behind) {
  std::size_t first = 0;
  for (std::size_t count = words.size(); count > 0;) {
    const std::size_t half = count / 2;
    const std::string_view word = words[first + half];
    if (word < text || (behind && word.starts_with(text))) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return static_cast<WordId>(first);
}

}  // namespace

void WordRows::push_back(std::span<const Row> rows) {
  constexpr std::size_t kFewest = 1'024;  // small bitmaps are not worth their place in the list of them
  if (rows.size() >= std::max(kFewest, films_ / 8)) {
    Bitmap set(films_);
    for (const Row row : rows) set.set(row);
    dense_.push_back({static_cast<WordId>(size()), static_cast<std::uint32_t>(rows.size()), std::move(set)});
    rows = {};
  }
  Row before = 0;
  for (const Row row : rows) {
    Row left = row - before;
    before = row;
    for (; left >= 0x80; left >>= 7) rows_.push_back(static_cast<std::uint8_t>(left | 0x80));
    rows_.push_back(static_cast<std::uint8_t>(left));
  }
  if (rows_.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("The text index of the catalogue would pass 4 GiB.");
  }
  offsets_.push_back(static_cast<std::uint32_t>(rows_.size()));
}

template <class Visitor>
void WordRows::for_each(WordId word, Visitor visit) const {
  const std::uint8_t* at = rows_.data() + offsets_[word];
  const std::uint8_t* const end = rows_.data() + offsets_[word + 1];
  for (Row row = 0; at != end;) {
    Row difference = *at & 0x7FU;
    for (unsigned shift = 7; (*at++ & 0x80U) != 0; shift += 7) difference |= (*at & 0x7FU) << shift;
    row += difference;
    visit(row);
  }
}

std::span<const WordRows::DenseRows> WordRows::dense(WordRange words) const {
  const auto before = [](const DenseRows& rows, WordId word) {
    return rows.word < word;
  };
  const auto first = std::lower_bound(dense_.begin(), dense_.end(), words.first, before);
  return {first, std::lower_bound(first, dense_.end(), words.last, before)};
}

std::uint32_t WordRows::dense_weight(WordId word) const {
  const auto rows = dense({word, word + 1});
  return rows.empty() ? 0 : rows.front().count;
}

void WordRows::add_to(Bitmap& rows, WordRange words) const {
  for (WordId word = words.first; word < words.last; ++word) {
    for_each(word, [&rows](Row row) { rows.set(row); });
  }
  for (const DenseRows& some : dense(words)) rows |= some.rows;
}

void WordRows::append_to(std::vector<Row>& rows, WordId word) const {
  for_each(word, [&rows](Row row) { rows.push_back(row); });
  for (const DenseRows& some : dense({word, word + 1})) {
    some.rows.for_each([&rows](Row row) { rows.push_back(row); });
  }
}

std::size_t WordRows::bytes() const {
  std::size_t bytes = offsets_.capacity() * sizeof(std::uint32_t) + rows_.capacity();
  for (const DenseRows& some : dense_) bytes += sizeof some + some.rows.words().size_bytes();
  return bytes;
}

void WordRows::shrink() {
  offsets_.shrink_to_fit();
  rows_.shrink_to_fit();
}

std::optional<WordId> TextIndex::find(std::string_view word) const {
  const WordId found = boundary(words, word, false);
  if (found == words.size() || words[found] != word) return std::nullopt;
  return found;
}

WordRange TextIndex::starting_with(std::string_view prefix) const {
  return {boundary(words, prefix, false), boundary(words, prefix, true)};
}

std::span<const WordId> TextIndex::with_key(FormKey key) const {
  const auto [first, last] = std::equal_range(form_keys.begin(), form_keys.end(), key);
  return std::span(form_words)
      .subspan(static_cast<std::size_t>(first - form_keys.begin()), static_cast<std::size_t>(last - first));
}

std::size_t TextIndex::bytes() const {
  std::size_t bytes = words.memory() + form_keys.capacity() * sizeof(FormKey) +
                      (form_words.capacity() + by_end.capacity()) * sizeof(WordId);
  for (const WordRows& lists : rows) bytes += lists.bytes();
  return bytes;
}

}  // namespace filmoteka::metadata
