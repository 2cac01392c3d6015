/// Which words of a film's titles answer a query, and why: what is shown beside a found film. Pure.
#pragma once

#include <metadata/core/search/form_keys.hpp>
#include <metadata/core/search/text_query.hpp>
#include <metadata/core/search/text_ranks.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// A piece of a text in UTF-16 code units, as JavaScript counts.
struct TextRange {
  std::size_t start = 0;
  std::size_t length = 0;
  bool operator==(const TextRange&) const = default;
};

/// How a word of a text answers a word of a query.
enum class MatchedBy : std::uint8_t { kExact, kBeginning, kForm };
std::string_view to_string(MatchedBy by);

/// Made once for a query; refers to it. One thread at a time.
class Highlighter {
 public:
  explicit Highlighter(const TextQuery& query);

  /// The words of `text` that answer, ascending, without overlaps; a compound ("Spider-Man") as one if it
  /// answers as one word.
  std::vector<TextRange> ranges(std::string_view text);

  /// Appends `{"title":[[0,4]],…}`: a text without an answer is left out.
  void append_highlight(std::string& out, std::string_view title, std::optional<std::string_view> original);

  /// Appends `{"rank":"title_prefix","words":[{"word":…,"matched_by":"exact","in":"title"},…]}`: words that
  /// stand in neither title have no more than `word`.
  void append_explain(std::string& out, TextRank rank, std::string_view title,
                      std::optional<std::string_view> original);

 private:
  struct Asked {
    const QueryWord* word = nullptr;
    std::vector<FormKey> keys;
  };
  std::optional<MatchedBy> match(std::string_view folded, const Asked& asked);
  bool answers(std::string_view raw_word);
  bool answers_folded(std::string_view folded);
  std::optional<MatchedBy> best_match(std::string_view text, const Asked& asked);

  std::vector<Asked> asked_;
  std::string year_;
  FormKeys form_keys_;
};

}  // namespace filmoteka::metadata
