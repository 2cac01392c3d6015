/// How a query compares with the names of one film. Pure.
#pragma once

#include <metadata/core/search/found_by.hpp>
#include <metadata/core/search/text_index.hpp>
#include <metadata/core/search/text_query.hpp>
#include <metadata/core/search/word_matches.hpp>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// A text that others are asked whether they begin with it: their first eight bytes mostly tell.
class Beginning {
 public:
  explicit Beginning(std::string text);
  const std::string& text() const { return text_; }
  bool is_of(std::string_view other) const {
    std::uint64_t first = 0;
    if (other.size() < sizeof first) return other.starts_with(text_);
    std::memcpy(&first, other.data(), sizeof first);
    return (first & mask_) == bytes_ && (text_.size() <= sizeof first || other.starts_with(text_));
  }

 private:
  std::string text_;
  std::uint64_t bytes_ = 0;
  std::uint64_t mask_ = 0;
};

/// Of names that have all the query's words. It reads hundreds of thousands of them where the words are
/// common, so it goes over each film's names once.
class NameCheck {
 public:
  explicit NameCheck(const TextQuery& query);

  /// kExactTitle … kTitleInOrder, or kTitleWords when it is none of them. `names` as searchable_names() gives
  /// them.
  FoundBy best(std::string_view names) const;

 private:
  struct Wanted {
    Beginning text;
    bool is_beginning = false;  ///< of a word
    bool stands_at(std::string_view rest) const;
  };
  FoundBy phrase(std::string_view rest, bool is_first) const;

  std::vector<Wanted> words_;
  Wanted name_;
  std::string with_year_;
};

/// Whether the words of one name are, in their order, what each word of the query may be. Query and index
/// outlive it.
class FormsInOrder {
 public:
  FormsInOrder(const TextQuery& query, const TextIndex& index, const std::vector<WordMatches>& words);
  bool are_in(std::string_view names) const;

 private:
  bool is_in_order(std::string_view name) const;
  bool fits(std::string_view word, std::size_t at) const;

  const TextQuery& query_;
  std::vector<std::vector<std::string_view>> forms_;  // sorted
};

}  // namespace filmoteka::metadata
