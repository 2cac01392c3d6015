/// A text as words, and the vocabulary of video titles.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::domain::titles {

/// A run of letters and digits of one sort: "5сезон" is two words.
struct Word {
  std::size_t begin = 0;  ///< byte positions in the text
  std::size_t end = 0;
  std::string folded;
  bool is_number = false;
};
std::vector<Word> words_of(std::string_view text);

/// The number of a word of digits, if it is at most `limit`.
std::optional<int> number_in(const Word& word, int limit);

/// White space and signs that only separate taken off both ends; closing brackets, quotes, ! and ? stay.
std::string_view trim_separators(std::string_view text);

enum class Script { kNone, kLatin, kCyrillic };
/// Of most letters.
Script script_of(std::string_view text);

bool is_year(const Word& word, int latest);
/// фильм, сериал, мультфильм … ; `series` tells which of them are not films.
bool is_kind_word(std::string_view folded);
bool is_series_word(std::string_view folded);
bool is_trailer_word(std::string_view folded);
bool is_season_word(std::string_view folded);
bool is_episode_word(std::string_view folded);

/// The number of words at the end of `words` that are a tag ("hd", "смотреть онлайн", "в хорошем качестве"),
/// 0 if there is none; the tag's name goes into `tag`, empty if it is not worth keeping.
std::size_t tag_at_end(const std::vector<Word>& words, std::string& tag);

/// Reviews, fragments and the like: not the film itself.
bool names_other_kind(const std::vector<Word>& words);

}  // namespace filmoteka::domain::titles
