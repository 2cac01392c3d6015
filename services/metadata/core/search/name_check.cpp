#include <metadata/core/search/name_check.hpp>
#include <metadata/core/search/names.hpp>
#include <metadata/core/search/spaces.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

bool ends_name(std::string_view rest, std::size_t at) {
  return at == rest.size() || rest[at] == kNameSeparator;
}

bool ends_word(std::string_view rest, std::size_t at) {
  return ends_name(rest, at) || rest[at] == ' ';
}

}  // namespace

Beginning::Beginning(std::string text) : text_(std::move(text)) {
  const std::size_t size = std::min(text_.size(), sizeof bytes_);
  std::memcpy(&bytes_, text_.data(), size);
  std::memset(&mask_, 0xFF, size);
}

bool NameCheck::Wanted::stands_at(std::string_view rest) const {
  return text.is_of(rest) && (is_beginning || ends_word(rest, text.text().size()));
}

NameCheck::NameCheck(const TextQuery& query)
    : name_{Beginning(name_in(query)), query.words.back().is_beginning},
      with_year_(query.year ? to_text(query) : std::string()) {
  for (const QueryWord& word : query.words) {
    words_.push_back({Beginning(word.spellings.front()), word.is_beginning});
  }
}

FoundBy NameCheck::best(std::string_view names) const {
  FoundBy best = FoundBy::kTitleWords;
  auto next = words_.begin();
  for_each_space(names, [&](std::size_t space) {
    const bool is_first = space == 0 || names[space - 1] == kNameSeparator;
    if (is_first) {
      next = words_.begin();
    } else if (best <= FoundBy::kTitlePhrase) {
      return true;  // only how another name begins could be better
    }
    const std::string_view rest = names.substr(space + 1);
    if (name_.text.is_of(rest)) best = std::min(best, phrase(rest, is_first));
    if (best > FoundBy::kTitleInOrder && next->stands_at(rest) && ++next == words_.end()) {
      best = FoundBy::kTitleInOrder;
    }
    return best != FoundBy::kExactTitle;
  });
  return best;
}

// What it says that `rest`, from the beginning of a word on, begins with the query.
FoundBy NameCheck::phrase(std::string_view rest, bool is_first) const {
  if (is_first && !with_year_.empty() && rest.starts_with(with_year_) && ends_name(rest, with_year_.size())) {
    return FoundBy::kExactTitle;
  }
  const std::size_t end = name_.text.text().size();
  if (!name_.is_beginning && !ends_word(rest, end)) return FoundBy::kTitleWords;
  if (!is_first) return FoundBy::kTitlePhrase;
  return ends_name(rest, end) ? FoundBy::kExactTitle : FoundBy::kTitlePrefix;
}

FormsInOrder::FormsInOrder(const TextQuery& query, const TextIndex& index,
                           const std::vector<WordMatches>& words)
    : query_(query) {
  for (const WordMatches& word : words) {
    std::vector<std::string_view> texts;
    for (const auto* ids : {&word.whole, &word.forms}) {
      for (const WordId id : *ids) texts.push_back(index.words[id]);
    }
    std::sort(texts.begin(), texts.end());
    forms_.push_back(std::move(texts));
  }
}

bool FormsInOrder::are_in(std::string_view names) const {
  bool found = false;
  for_each_name(names, [&](std::string_view name) { found = found || is_in_order(name); });
  return found;
}

bool FormsInOrder::is_in_order(std::string_view name) const {
  std::size_t next = 0;
  for_each_word(name, [&](std::string_view word) {
    if (next < forms_.size() && fits(word, next)) ++next;
  });
  return next == forms_.size();
}

bool FormsInOrder::fits(std::string_view word, std::size_t at) const {
  const QueryWord& asked = query_.words[at];
  return std::binary_search(forms_[at].begin(), forms_[at].end(), word) ||
         (asked.is_beginning && word.starts_with(asked.spellings.front()));
}

}  // namespace filmoteka::metadata
