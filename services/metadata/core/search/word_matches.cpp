#include <metadata/core/search/word_matches.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

FormKeys& form_keys() {
  thread_local FormKeys keys;
  return keys;
}

}  // namespace

WordMatches matches_of(const QueryWord& word, const TextIndex& index) {
  WordMatches matches;
  for (const std::string& spelling : word.spellings) {
    if (const auto whole = index.find(spelling)) matches.whole.push_back(*whole);
    if (word.is_beginning) matches.beginnings.push_back(index.starting_with(spelling));
    for (const FormKey key : form_keys().of(spelling)) {
      const auto forms = index.with_key(key);
      matches.forms.insert(matches.forms.end(), forms.begin(), forms.end());
    }
  }
  std::sort(matches.forms.begin(), matches.forms.end());
  matches.forms.erase(std::unique(matches.forms.begin(), matches.forms.end()), matches.forms.end());
  return matches;
}

void add_rows(Bitmap& rows, const WordRows& lists, const std::vector<WordId>& words) {
  for (const WordId word : words) lists.add_to(rows, word);
}

void add_rows(Bitmap& rows, const WordRows& lists, const std::vector<WordRange>& ranges) {
  for (const WordRange& range : ranges) lists.add_to(rows, range);
}

}  // namespace filmoteka::metadata
