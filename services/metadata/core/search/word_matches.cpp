#include <metadata/core/search/word_matches.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace filmoteka::metadata {
namespace {

FormKeys& form_keys() {
  thread_local FormKeys keys;
  return keys;
}

bool contains(const WordMatches& matches, WordId word) {
  return std::find(matches.whole.begin(), matches.whole.end(), word) != matches.whole.end() ||
         std::any_of(matches.beginnings.begin(), matches.beginnings.end(),
                     [word](const WordRange& range) { return word >= range.first && word < range.last; });
}

}  // namespace

WordMatches matches_of(const QueryWord& word, const TextIndex& index) {
  WordMatches matches;
  std::vector<WordId> forms;
  for (const std::string& spelling : word.spellings) {
    const auto whole = index.find(spelling);
    if (whole) matches.whole.push_back(*whole);
    if (word.is_beginning) {
      WordRange longer = index.starting_with(spelling);
      if (whole) ++longer.first;  // the word itself comes first
      if (!longer.empty()) matches.beginnings.push_back(longer);
    }
    for (const FormKey key : form_keys().of(spelling)) {
      const auto some = index.with_key(key);
      forms.insert(forms.end(), some.begin(), some.end());
    }
  }
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  std::copy_if(forms.begin(), forms.end(), std::back_inserter(matches.forms),
               [&matches](WordId form) { return !contains(matches, form); });
  return matches;
}

void remove(std::vector<WordRange>& ranges, WordId word) {
  std::vector<WordRange> left;
  for (const WordRange& range : ranges) {
    if (word < range.first || word >= range.last) {
      left.push_back(range);
      continue;
    }
    if (range.first < word) left.push_back({range.first, word});
    if (word + 1 < range.last) left.push_back({word + 1, range.last});
  }
  ranges = std::move(left);
}

void add_rows(Bitmap& rows, const WordRows& lists, const std::vector<WordId>& words) {
  for (const WordId word : words) lists.add_to(rows, word);
}

void add_rows(Bitmap& rows, const WordRows& lists, const std::vector<WordRange>& ranges) {
  for (const WordRange& range : ranges) lists.add_to(rows, range);
}

}  // namespace filmoteka::metadata
