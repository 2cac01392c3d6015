#include <metadata/core/catalogue/copied_rows.hpp>
#include <metadata/core/catalogue/run_all.hpp>
#include <metadata/core/search/form_keys.hpp>
#include <metadata/core/search/names.hpp>
#include <metadata/core/search/text_index_builder.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr auto kGone = std::numeric_limits<WordId>::max();

std::uint8_t bit(TextPlace place) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(place));
}

/// A word of the new index: its number in the builder, in the older index, or in both.
struct MergedWord {
  std::string_view text;
  std::optional<WordId> own;
  std::optional<WordId> old;
};

std::vector<MergedWord> merge_words(const TextColumn& own, const TextColumn& old) {
  std::vector<WordId> order(own.size());
  std::iota(order.begin(), order.end(), WordId{0});
  std::sort(order.begin(), order.end(), [&own](WordId a, WordId b) { return own[a] < own[b]; });
  std::vector<MergedWord> merged;
  merged.reserve(std::max(own.size(), old.size()));
  auto next = order.begin();
  for (WordId id = 0; id < old.size(); ++id) {
    const std::string_view text = old[id];
    for (; next != order.end() && own[*next] < text; ++next) merged.push_back({own[*next], *next, {}});
    const bool is_both = next != order.end() && own[*next] == text;
    merged.push_back({text, is_both ? std::optional(*next++) : std::nullopt, id});
  }
  for (; next != order.end(); ++next) merged.push_back({own[*next], *next, {}});
  return merged;
}

/// The rows of each word that stands in one place, of all films that were added.
class OwnRows {
 public:
  OwnRows(TextPlace place, std::size_t words, std::span<const WordId> word,
          std::span<const std::uint8_t> places, std::span<const std::size_t> ends, std::span<const Row> rows)
      : begins_(words + 1) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if ((places[i] & bit(place)) != 0) ++begins_[word[i] + 1];
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    rows_.resize(begins_.back());
    std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
    std::size_t i = 0;
    for (std::size_t film = 0; film < ends.size(); ++film) {
      for (; i < ends[film]; ++i) {
        if ((places[i] & bit(place)) != 0) rows_[next[word[i]]++] = rows[film];
      }
    }
  }
  std::span<const Row> of(WordId word) const {
    return std::span(rows_).subspan(begins_[word], begins_[word + 1] - begins_[word]);
  }

 private:
  std::vector<std::size_t> begins_;
  std::vector<Row> rows_;
};

// The older rows that are still there, by their new numbers.
void append_kept(std::vector<Row>& rows, const WordRows& old, WordId word, std::span<const Row> become) {
  const std::size_t first = rows.size();
  old.append_to(rows, word);
  std::size_t kept = first;
  for (std::size_t i = first; i < rows.size(); ++i) {
    if (const Row row = become[rows[i]]; row != kLeftOut) rows[kept++] = row;
  }
  rows.resize(kept);
}

WordRows merge_lists(const std::vector<MergedWord>& words, const OwnRows& own, const WordRows& old,
                     std::span<const Row> become, std::size_t films) {
  WordRows lists(films);
  std::vector<Row> rows;
  std::vector<Row> all;
  for (const MergedWord& word : words) {
    if (!word.old) {
      lists.push_back(own.of(*word.own));
      continue;
    }
    rows.clear();
    append_kept(rows, old, *word.old, become);
    const auto added = word.own ? own.of(*word.own) : std::span<const Row>();
    all.clear();
    std::merge(rows.begin(), rows.end(), added.begin(), added.end(), std::back_inserter(all));
    lists.push_back(all);
  }
  lists.shrink();
  return lists;
}

// All rows are given or become: the last of them is the last there is.
std::size_t number_of_rows(std::span<const Row> rows, std::span<const Row> become) {
  std::size_t number = rows.empty() ? 0 : std::size_t{rows.back()} + 1;
  for (const Row row : become) {
    if (row != kLeftOut) number = std::max(number, std::size_t{row} + 1);
  }
  return number;
}

using Form = std::pair<FormKey, WordId>;
constexpr std::size_t kFormParts = 8;  // jobs that look up words in the dictionary

// Of the words that the older index did not have.
std::vector<Form> new_forms(const std::vector<MergedWord>& words, std::size_t part) {
  std::vector<Form> forms;
  FormKeys keys;
  for (std::size_t i = words.size() * part / kFormParts; i < words.size() * (part + 1) / kFormParts; ++i) {
    if (words[i].old) continue;
    for (const FormKey key : keys.of(words[i].text)) forms.emplace_back(key, static_cast<WordId>(i));
  }
  return forms;
}

void index_forms(TextIndex& index, const std::vector<MergedWord>& words, const TextIndex& old,
                 const std::array<std::vector<Form>, kFormParts>& added) {
  std::vector<WordId> become(old.words.size(), kGone);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].old) become[*words[i].old] = static_cast<WordId>(i);
  }
  std::vector<Form> forms;
  forms.reserve(old.form_keys.size());
  for (std::size_t i = 0; i < old.form_keys.size(); ++i) {
    const WordId id = become[old.form_words[i]];
    if (id != kGone) forms.emplace_back(old.form_keys[i], id);
  }
  const auto kept = static_cast<std::ptrdiff_t>(forms.size());
  for (const std::vector<Form>& part : added) forms.insert(forms.end(), part.begin(), part.end());
  std::sort(forms.begin() + kept, forms.end());
  std::inplace_merge(forms.begin(), forms.begin() + kept, forms.end());
  index.form_keys.reserve(forms.size());
  index.form_words.reserve(forms.size());
  for (const auto& [key, word] : forms) {
    index.form_keys.push_back(key);
    index.form_words.push_back(word);
  }
}

bool ends_before(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend(), [](char x, char y) {
    return static_cast<unsigned char>(x) < static_cast<unsigned char>(y);
  });
}

void index_ends(TextIndex& index, const std::vector<MergedWord>& words, const TextIndex& old) {
  const auto before = [&index](WordId a, WordId b) {
    return ends_before(index.words[a], index.words[b]);
  };
  std::vector<WordId> become(old.words.size(), kGone);
  std::vector<WordId> added;
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i].old ? void(become[*words[i].old] = static_cast<WordId>(i))
                 : added.push_back(static_cast<WordId>(i));
  }
  std::sort(added.begin(), added.end(), before);
  std::vector<WordId> kept;
  for (const WordId word : old.by_end) {
    if (become[word] != kGone) kept.push_back(become[word]);
  }
  index.by_end.reserve(words.size());
  std::merge(kept.begin(), kept.end(), added.begin(), added.end(), std::back_inserter(index.by_end), before);
}

// Words of films that are gone.
void drop_unused(std::vector<MergedWord>& words, const TextIndex& old, std::span<const Row> become) {
  std::vector<Row> rows;
  std::erase_if(words, [&](const MergedWord& word) {
    if (word.own) return false;
    rows.clear();
    for (const WordRows& lists : old.rows) {
      append_kept(rows, lists, *word.old, become);
      if (!rows.empty()) return false;
    }
    return true;
  });
}

}  // namespace

// A word's mark is where it stands for the last film that has it, plus one.
void TextIndexBuilder::add_word(std::string_view word, TextPlace place) {
  WordTable::Word& known = words_.intern(word);
  const std::size_t film_begins = ends_.empty() ? 0 : ends_.back();
  if (known.mark <= film_begins) {
    word_.push_back(known.number);
    places_.push_back(0);
    if (word_.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw std::length_error("A text index is built of fewer than 2^32 words.");
    }
    known.mark = static_cast<std::uint32_t>(word_.size());
  }
  places_[known.mark - 1] |= bit(place);
}

void TextIndexBuilder::add(std::string_view names, std::string_view cast, std::string_view description) {
  for_each_name(names, [this](std::string_view name) {
    const bool is_whole = name.find(' ') == std::string_view::npos;
    bool is_first = true;
    for_each_word(name, [&](std::string_view word) {
      add_word(word, TextPlace::kName);
      if (is_first) add_word(word, TextPlace::kFirst);
      if (is_whole) add_word(word, TextPlace::kWhole);
      is_first = false;
    });
  });
  for_each_word(cast, [this](std::string_view word) { add_word(word, TextPlace::kCast); });
  for_each_word(description, [this](std::string_view word) { add_word(word, TextPlace::kDescription); });
  ends_.push_back(word_.size());
}

void TextIndexBuilder::append(TextIndexBuilder other) {
  std::vector<WordId> become;
  const TextColumn& texts = other.words_.texts();
  for (std::size_t i = 0; i < texts.size(); ++i) become.push_back(words_.intern(texts[i]).number);
  const std::size_t moved = word_.size();
  word_.reserve(moved + other.word_.size());
  for (const WordId word : other.word_) word_.push_back(become[word]);
  places_.insert(places_.end(), other.places_.begin(), other.places_.end());
  for (const std::size_t end : other.ends_) ends_.push_back(moved + end);
}

TextIndex TextIndexBuilder::finish(std::span<const Row> rows, const TextIndex& old,
                                   std::span<const Row> become, std::size_t threads,
                                   const Checkpoint& checkpoint) {
  const TextColumn& own = words_.texts();
  std::vector<MergedWord> words = merge_words(own, old.words);
  drop_unused(words, old, become);
  TextIndex index;
  for (const MergedWord& word : words) index.words.push_back(word.text);
  index.words.bytes.shrink_to_fit();
  index.words.offsets.shrink_to_fit();
  const std::size_t films = number_of_rows(rows, become);
  std::array<std::vector<Form>, kFormParts> forms;
  std::vector<std::function<void()>> jobs;
  const auto index_place = [&](TextPlace place) {
    jobs.emplace_back([&, place] {
      const auto at = static_cast<std::size_t>(place);
      const OwnRows own_rows(place, own.size(), word_, places_, ends_, rows);
      index.rows[at] = merge_lists(words, own_rows, old.rows[at], become, films);
    });
  };
  index_place(TextPlace::kDescription);
  for (std::size_t part = 0; part < kFormParts; ++part) {
    jobs.emplace_back([&, part] { forms[part] = new_forms(words, part); });
  }
  jobs.emplace_back([&] { index_ends(index, words, old); });
  for (const TextPlace place : {TextPlace::kCast, TextPlace::kName, TextPlace::kFirst, TextPlace::kWhole}) {
    index_place(place);
  }
  run_all(jobs, threads, checkpoint);
  if (checkpoint) checkpoint();
  index_forms(index, words, old, forms);
  *this = TextIndexBuilder();
  return index;
}

}  // namespace filmoteka::metadata
