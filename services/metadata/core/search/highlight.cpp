#include <filmoteka/domain/text.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <metadata/core/search/highlight.hpp>
#include <metadata/core/search/names.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::metadata {
namespace {

std::size_t utf16_length(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || byte >= 0xC0) length += byte >= 0xF0 ? 2 : 1;
  }
  return length;
}

bool is_joined(std::string_view between) {
  return between.find_first_of(" \t\n\r") == std::string_view::npos;
}

std::string_view between(std::string_view a, std::string_view b) {
  return {a.data() + a.size(), static_cast<std::size_t>(b.data() - (a.data() + a.size()))};
}

void append_ranges(std::string& out, std::string_view name, const std::vector<TextRange>& ranges) {
  if (ranges.empty()) return;
  if (out.back() != '{') out += ',';
  ((out += '"') += name) += "\":[";
  for (const TextRange& range : ranges) {
    if (out.back() != '[') out += ',';
    out += '[' + std::to_string(range.start) + ',' + std::to_string(range.length) + ']';
  }
  out += ']';
}

}  // namespace

std::string_view to_string(MatchedBy by) {
  constexpr std::array<std::string_view, 3> kNames{"exact", "beginning", "form"};
  return kNames[static_cast<std::size_t>(by)];
}

Highlighter::Highlighter(const TextQuery& query) : year_(query.year ? std::to_string(*query.year) : "") {
  for (const QueryWord& word : query.words) {
    Asked asked{&word, {}};
    for (const std::string& spelling : word.spellings) {
      const auto keys = form_keys_.of(spelling);
      asked.keys.insert(asked.keys.end(), keys.begin(), keys.end());
    }
    std::sort(asked.keys.begin(), asked.keys.end());
    asked_.push_back(std::move(asked));
  }
}

std::optional<MatchedBy> Highlighter::match(std::string_view folded, const Asked& asked) {
  const auto& spellings = asked.word->spellings;
  if (std::find(spellings.begin(), spellings.end(), folded) != spellings.end()) return MatchedBy::kExact;
  const bool begins = asked.word->is_beginning &&
                      std::any_of(spellings.begin(), spellings.end(),
                                  [&](const std::string& spelling) { return folded.starts_with(spelling); });
  if (begins) return MatchedBy::kBeginning;
  const auto keys = form_keys_.of(folded);
  const bool is_form = std::any_of(keys.begin(), keys.end(), [&](FormKey key) {
    return std::binary_search(asked.keys.begin(), asked.keys.end(), key);
  });
  return is_form ? std::optional(MatchedBy::kForm) : std::nullopt;
}

bool Highlighter::answers_folded(std::string_view folded) {
  if (!year_.empty() && folded == year_) return true;
  return std::any_of(asked_.begin(), asked_.end(),
                     [&](const Asked& asked) { return match(folded, asked).has_value(); });
}

bool Highlighter::answers(std::string_view raw_word) {
  bool found = false;
  const std::string folded = fold_for_search(raw_word);
  for_each_word(folded, [&](std::string_view word) { found = found || answers_folded(word); });
  return found;
}

std::vector<TextRange> Highlighter::ranges(std::string_view text) {
  std::vector<TextRange> ranges;
  const auto add = [&](const char* begin, const char* end) {
    ranges.push_back({utf16_length({text.data(), static_cast<std::size_t>(begin - text.data())}),
                      utf16_length({begin, static_cast<std::size_t>(end - begin)})});
  };
  const std::vector<std::string_view> words = domain::words_in(text);
  for (std::size_t i = 0; i < words.size();) {
    std::size_t last = i;
    std::string joined = fold_for_search(words[i]);
    while (last + 1 < words.size() && is_joined(between(words[last], words[last + 1]))) {
      joined += fold_for_search(words[++last]);
    }
    if (last > i && answers_folded(joined)) {
      add(words[i].data(), words[last].data() + words[last].size());
    } else {
      for (std::size_t k = i; k <= last; ++k) {
        if (answers(words[k])) add(words[k].data(), words[k].data() + words[k].size());
      }
    }
    i = last + 1;
  }
  return ranges;
}

void Highlighter::append_highlight(std::string& out, std::string_view title,
                                   std::optional<std::string_view> original) {
  out += '{';
  append_ranges(out, "title", ranges(title));
  if (original) append_ranges(out, "original_title", ranges(*original));
  out += '}';
}

std::optional<MatchedBy> Highlighter::best_match(std::string_view text, const Asked& asked) {
  std::optional<MatchedBy> best;
  const std::string folded = fold_for_search(text);
  for_each_word(folded, [&](std::string_view word) {
    const auto by = match(word, asked);
    if (by && (!best || *by < *best)) best = by;
  });
  return best;
}

void Highlighter::append_explain(std::string& out, TextRank rank, std::string_view title,
                                 std::optional<std::string_view> original) {
  boost::json::array words;
  for (const Asked& asked : asked_) {
    boost::json::object word{{"word", asked.word->spellings.front()}};
    std::string_view place = "title";
    auto by = best_match(title, asked);
    if (!by && original) {
      by = best_match(*original, asked);
      place = "original_title";
    }
    if (by) {
      word["matched_by"] = to_string(*by);
      word["in"] = place;
    }
    words.push_back(std::move(word));
  }
  const boost::json::object explain{{"rank", to_string(found_by(rank))}, {"words", std::move(words)}};
  out += boost::json::serialize(explain);
}

}  // namespace filmoteka::metadata
