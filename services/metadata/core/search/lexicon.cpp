#include <filmoteka/base/utf8.hpp>

#include <metadata/core/search/lexicon.hpp>
#include <metadata/core/search/similar_words.hpp>

#include <algorithm>
#include <map>
#include <tuple>

namespace filmoteka::metadata {
namespace {

std::uint64_t weight_in(const TextIndex& index, WordId word) {
  return index.at(TextPlace::kName).weight(word) + index.at(TextPlace::kCast).weight(word);
}

}  // namespace

bool Lexicon::has_beginning(std::string_view beginning) const {
  return std::any_of(indexes_.begin(), indexes_.end(), [&](const TextIndex* index) {
    const WordRange words = index->starting_with(beginning);
    for (WordId word = words.first; word < words.last; ++word) {
      if (index->is_name(word)) return true;
    }
    return false;
  });
}

bool Lexicon::has_form(std::string_view word) {
  const std::vector<FormKey> keys = form_keys_.of(word);
  return std::any_of(indexes_.begin(), indexes_.end(), [&](const TextIndex* index) {
    return std::any_of(keys.begin(), keys.end(), [&](FormKey key) {
      const auto forms = index->with_key(key);
      return std::any_of(forms.begin(), forms.end(), [&](WordId form) { return index->is_name(form); });
    });
  });
}

std::uint64_t Lexicon::weight(std::string_view word) const {
  std::uint64_t weight = 0;
  for (const TextIndex* index : indexes_) {
    if (const auto found = index->find(word)) weight += weight_in(*index, *found);
  }
  return weight;
}

std::vector<std::string> Lexicon::similar(std::string_view word, bool is_beginning, std::size_t count) const {
  const unsigned most = most_errors(utf8_length(word));
  if (most == 0) return {};
  struct Found {
    unsigned distance = 0;
    std::uint64_t weight = 0;
  };
  std::map<std::string, Found, std::less<>> found;
  const auto add = [&](const TextIndex& index, const std::vector<SimilarWord>& words) {
    for (const SimilarWord& similar : words) {
      Found& one = found[std::string(index.words[similar.word])];
      one.distance = similar.distance;
      one.weight += weight_in(index, similar.word);
    }
  };
  for (const TextIndex* index : indexes_) add(*index, similar_words(*index, word, most));
  if (found.empty() && is_beginning) {
    for (const TextIndex* index : indexes_) add(*index, similar_beginnings(*index, word));
  }
  std::vector<std::pair<std::string, Found>> sorted(found.begin(), found.end());
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.second.distance, b.second.weight, a.first) <
           std::tuple(b.second.distance, a.second.weight, b.first);
  });
  std::vector<std::string> words;
  for (auto& [text, of] : sorted) {
    if (words.size() == count || of.distance > sorted.front().second.distance) break;
    words.push_back(std::move(text));
  }
  return words;
}

}  // namespace filmoteka::metadata
