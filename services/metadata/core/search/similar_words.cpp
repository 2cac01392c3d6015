#include <filmoteka/base/utf8.hpp>

#include <metadata/core/search/similar_words.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <string>

namespace filmoteka::metadata {
namespace {

using Letters = std::u32string;
constexpr std::size_t kLongest = 40;  ///< letters; longer words are not corrected
constexpr std::uint8_t kFar = 100;

Letters letters_of(std::string_view word) {
  Letters letters;
  while (!word.empty()) letters += take_code_point(word);
  return letters;
}

/// The words of an index in one of their two orders, seen from the end that the order goes by.
class WordOrder {
 public:
  WordOrder(const TextIndex& index, bool from_end) : index_(index), from_end_(from_end) {}

  std::size_t size() const { return index_.words.size(); }
  WordId id(std::size_t at) const { return from_end_ ? index_.by_end[at] : static_cast<WordId>(at); }
  std::string_view text(std::size_t at) const { return index_.words[id(at)]; }
  Letters letters(std::size_t at) const {
    Letters letters = letters_of(text(at));
    if (from_end_) std::reverse(letters.begin(), letters.end());
    return letters;
  }
  /// The first word behind `at` that does not share its first `count` letters.
  std::size_t behind(std::size_t at, const Letters& letters, std::size_t count) const {
    std::string shared;
    for (std::size_t i = 0; i < count; ++i) append_utf8(shared, letters[from_end_ ? count - 1 - i : i]);
    const auto shares = [&](std::size_t i) {
      return from_end_ ? text(i).ends_with(shared) : text(i).starts_with(shared);
    };
    std::size_t step = 1;  // galloping: it is near as a rule
    std::size_t known = at;
    while (known + step < size() && shares(known + step)) {
      known += step;
      step *= 2;
    }
    std::size_t end = std::min(known + step, size());
    while (known + 1 < end) {
      const std::size_t middle = known + (end - known) / 2;
      shares(middle) ? known = middle : end = middle;
    }
    return end;
  }

 private:
  const TextIndex& index_;
  const bool from_end_;
};

/// What is allowed on the way: errors in all, and while no more than `half` letters of the pattern are used.
struct Allowed {
  unsigned errors = 1;
  unsigned in_half = 1;  ///< before more than `half` letters of the pattern are used
  std::size_t half = 0;
};

/// The table of the distance between the pattern and one word after another; what a word shares with the one
/// before is not computed again.
class Distances {
 public:
  Distances(const Letters& pattern, const Allowed& allowed) : pattern_(pattern), allowed_(allowed) {
    for (std::size_t j = 0; j <= pattern.size(); ++j) rows_[0][j] = allow(j, j, false);
  }

  /// After `word`'s first `depth` letters; those before must have been entered. False: no word that begins so
  /// can be near enough.
  bool enter(const Letters& word, std::size_t depth) {
    const auto& above = rows_[depth - 1];
    auto& row = rows_[depth];
    row[0] = allow(above[0] + 1U, 0, true);
    std::uint8_t least = row[0];
    const char32_t letter = word[depth - 1];
    for (std::size_t j = 1; j <= pattern_.size(); ++j) {
      std::size_t errors = above[j - 1] + (pattern_[j - 1] == letter ? 0U : 1U);
      errors = std::min<std::size_t>(errors, row[j - 1] + 1U);
      if (depth > 1 && j > 1 && pattern_[j - 1] == word[depth - 2] && pattern_[j - 2] == letter) {
        errors = std::min<std::size_t>(errors, rows_[depth - 2][j - 2] + 1U);
      }
      row[j] = std::min(allow(errors, j, false), allow(above[j] + 1U, j, true));
      least = std::min(least, row[j]);
    }
    return least <= allowed_.errors || is_swap_open(word, depth);
  }
  unsigned at(std::size_t depth) const { return rows_[depth][pattern_.size()]; }

 private:
  // `stays`: no more letters of the pattern are used than before. What is put in right behind the first half
  // belongs to the second.
  std::uint8_t allow(std::size_t errors, std::size_t used, bool stays) const {
    const bool is_in_half = stays ? used < allowed_.half : used <= allowed_.half;
    const unsigned most = is_in_half ? allowed_.in_half : allowed_.errors;
    return errors <= most ? static_cast<std::uint8_t>(errors) : kFar;
  }
  // Whether the next letter may complete a swap that begins with this one.
  bool is_swap_open(const Letters& word, std::size_t depth) const {
    for (std::size_t j = 1; j < pattern_.size(); ++j) {
      if (pattern_[j] == word[depth - 1] && rows_[depth - 1][j - 1] < allowed_.errors) return true;
    }
    return false;
  }

  const Letters& pattern_;
  const Allowed allowed_;
  std::array<std::array<std::uint8_t, kLongest + 1>, kLongest + 4> rows_{};
};

template <class Found>
void walk(const WordOrder& order, const Letters& pattern, const Allowed& allowed, bool beginnings,
          Found found) {
  Distances distances(pattern, allowed);
  const std::size_t longest = pattern.size() + allowed.errors;
  Letters before;
  std::size_t known = 0;  // letters of `before` that have been entered
  for (std::size_t at = 0; at < order.size();) {
    const Letters word = order.letters(at);
    const auto differ = std::mismatch(before.begin(), before.end(), word.begin(), word.end()).first;
    std::size_t depth = std::min(known, static_cast<std::size_t>(differ - before.begin()));
    const std::size_t end = std::min(word.size(), longest);
    bool is_open = true;
    unsigned least = kFar;
    if (beginnings) {
      for (std::size_t i = 0; i <= depth; ++i) least = std::min(least, distances.at(i));
    }
    while (is_open && depth < end) {
      is_open = distances.enter(word, ++depth);
      if (beginnings) least = std::min(least, distances.at(depth));
    }
    before = word;
    known = depth;
    if (!beginnings && is_open && depth == word.size()) least = distances.at(depth);
    if (least <= allowed.errors) found(order.id(at), least);
    const bool may_go_on = is_open && word.size() <= longest;
    const bool is_beginning = beginnings && least <= allowed.errors;
    at = may_go_on || is_beginning ? at + 1 : order.behind(at, word, depth);
  }
}

}  // namespace

unsigned most_errors(std::size_t letters) {
  return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

std::vector<SimilarWord> similar_words(const TextIndex& index, std::string_view word, unsigned most) {
  std::vector<SimilarWord> similar;
  Letters pattern = letters_of(word);
  if (pattern.empty() || pattern.size() > kLongest) return similar;
  const std::size_t half = pattern.size() / 2;
  const auto found = [&](WordId id, unsigned distance) {
    if (index.is_name(id)) similar.push_back({id, distance});
  };
  walk(WordOrder(index, false), pattern, {most, most / 2, half}, false, found);
  std::reverse(pattern.begin(), pattern.end());
  walk(WordOrder(index, true), pattern, {most, most / 2, pattern.size() - half}, false, found);
  std::sort(similar.begin(), similar.end(), [](const SimilarWord& a, const SimilarWord& b) {
    return a.word != b.word ? a.word < b.word : a.distance < b.distance;
  });
  similar.erase(std::unique(similar.begin(), similar.end(),
                            [](const SimilarWord& a, const SimilarWord& b) { return a.word == b.word; }),
                similar.end());
  return similar;
}

std::vector<SimilarWord> similar_beginnings(const TextIndex& index, std::string_view word) {
  std::vector<SimilarWord> similar;
  const Letters pattern = letters_of(word);
  if (pattern.empty() || pattern.size() > kLongest) return similar;
  walk(WordOrder(index, false), pattern, {1, 1, 0}, true, [&](WordId id, unsigned distance) {
    if (index.is_name(id)) similar.push_back({id, distance});
  });
  return similar;
}

}  // namespace filmoteka::metadata
