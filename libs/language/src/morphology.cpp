#include "dictionary.hpp"
#include "russian_letters.hpp"

#include <filmoteka/language/morphology.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace filmoteka::language {
namespace {

/// Between a word and what is said about it.
constexpr std::uint8_t kSeparator = 1;

/// Calls `visit(state)` where `letters` end and records begin, with ё wherever they have е and the graph ё.
template <class Visit>
void for_each_spelling(const Dawg& graph, std::string_view letters, Dawg::State state, const Visit& visit) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const auto letter = static_cast<std::uint8_t>(letters[i]);
    if (letter == kIe) {
      const auto io = graph.follow(state, kIo);
      if (io) for_each_spelling(graph, letters.substr(i + 1), *io, visit);
    }
    const auto next = graph.follow(state, letter);
    if (!next) return;
    state = *next;
  }
  if (const auto records = graph.follow(state, kSeparator)) visit(*records);
}

/// A number of 14 bits is two bytes, each with seven of them above a 1 that keeps it from being zero.
std::size_t number_of(std::uint8_t high, std::uint8_t low) {
  return (std::size_t{high} >> 1 << 7) + (std::size_t{low} >> 1);
}

/// Calls `visit(numbers)` for each record of `N` numbers below `state`.
template <std::size_t N, class Visit>
void for_each_record(const Dawg& graph, Dawg::State state, std::array<std::uint8_t, 2 * N>& bytes,
                     std::size_t depth, const Visit& visit) {
  if (depth == bytes.size()) {
    std::array<std::size_t, N> numbers;
    for (std::size_t i = 0; i < N; ++i) numbers[i] = number_of(bytes[2 * i], bytes[2 * i + 1]);
    if (graph.is_end(state)) visit(numbers);
    return;
  }
  graph.for_each_child(state, [&](std::uint8_t label, Dawg::State child) {
    bytes[depth] = label;
    for_each_record<N>(graph, child, bytes, depth + 1, visit);
  });
}

template <std::size_t N, class Visit>
void for_each_record(const Dawg& graph, std::string_view letters, const Visit& visit) {
  if (graph.empty()) return;
  for_each_spelling(graph, letters, Dawg::kRoot, [&](Dawg::State records) {
    std::array<std::uint8_t, 2 * N> bytes;
    for_each_record<N>(graph, records, bytes, 0, visit);
  });
}

/// "санкт-петербург", the lemma of "спб", is two words when it is folded.
bool is_one_word(std::string_view lemma) {
  return std::all_of(lemma.begin(), lemma.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

void add_once(std::vector<std::string>& lemmas, std::string lemma) {
  if (std::find(lemmas.begin(), lemmas.end(), lemma) == lemmas.end()) lemmas.push_back(std::move(lemma));
}

struct Guess {
  std::size_t words;  ///< of the dictionary that end in this way
  std::string lemma;
};

/// The longest ending of `word` that is common in the dictionary tells how it is inflected (pymorphy2's
/// KnownSuffixAnalyzer). Endings have five letters at most and leave a letter before them.
std::vector<Guess> guesses(const Dictionary& dictionary, std::string_view word, std::string_view letters) {
  constexpr std::size_t kLongestEnding = 5;
  std::vector<Guess> found;
  for (std::size_t i = 0; i < kPrefixes; ++i) {
    if (!word.starts_with(dictionary.prefixes[i])) continue;
    const std::size_t before = found.size();
    const std::size_t longest = std::min(kLongestEnding, letters.size() - 1);
    for (std::size_t length = longest; length > 0 && found.size() == before; --length) {
      const std::string_view ending = letters.substr(letters.size() - length);
      for_each_record<3>(dictionary.prediction[i], ending, [&](const std::array<std::size_t, 3>& record) {
        const auto [words, paradigm, number] = record;
        const auto form = dictionary.find_form(paradigm, number);
        if (!form || form->productive == 0) return;
        auto guess = lemma(dictionary, word, paradigm, number);
        if (guess && is_one_word(*guess)) found.push_back({words, *std::move(guess)});
      });
    }
  }
  return found;
}

std::vector<std::string> guessed_lemmas(const Dictionary& dictionary, std::string_view word,
                                        std::string_view letters) {
  constexpr std::size_t kMost = 3;
  std::vector<Guess> found = guesses(dictionary, word, letters);
  std::stable_sort(found.begin(), found.end(),
                   [](const Guess& a, const Guess& b) { return a.words > b.words; });
  std::vector<std::string> result;
  for (Guess& guess : found) {
    if (result.size() < kMost) add_once(result, std::move(guess.lemma));
  }
  return result;
}

}  // namespace

Morphology::Morphology() : dictionary_(&built_in_dictionary()) {}

std::vector<std::string> Morphology::lemmas(std::string_view folded_word) const {
  std::vector<std::string> result;
  const auto letters = to_letters(folded_word);
  if (!letters || letters->empty()) return result;
  bool known = false;
  for_each_record<2>(dictionary_->words, *letters, [&](const std::array<std::size_t, 2>& record) {
    known = true;
    auto found = lemma(*dictionary_, folded_word, record[0], record[1]);
    if (found && is_one_word(*found)) add_once(result, *std::move(found));
  });
  if (known && result.empty()) result.emplace_back(folded_word);
  if (!known && letters->size() >= 2) return guessed_lemmas(*dictionary_, folded_word, *letters);
  return result;
}

bool Morphology::knows(std::string_view folded_word) const {
  const auto letters = to_letters(folded_word);
  if (!letters || letters->empty()) return false;
  bool known = false;
  for_each_spelling(dictionary_->words, *letters, Dawg::kRoot, [&](Dawg::State) { known = true; });
  return known;
}

}  // namespace filmoteka::language
