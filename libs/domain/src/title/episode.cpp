#include "title/episode.hpp"

#include "title/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace filmoteka::domain::titles {
namespace {

constexpr int kMaxSeason = 100;
constexpr int kMaxEpisode = 9'999;

/// True for "-й", "-я" and the like between a number and its noun: "2-й сезон".
bool is_ordinal_ending(const Word& word) {
  constexpr auto kEndings =
      std::to_array<std::string_view>({"й", "я", "ый", "ая", "ой", "го", "и", "st", "nd", "rd", "th"});
  return std::find(kEndings.begin(), kEndings.end(), word.folded) != kEndings.end();
}

class EpisodeFinder {
 public:
  explicit EpisodeFinder(std::string_view text)
      : text_(text), words_(words_of(text)), used_(words_.size(), false) {}

  std::optional<EpisodeMark> find() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (is_season_word(words_[i].folded)) read_counter(i, kMaxSeason, mark_.season);
      if (is_episode_word(words_[i].folded)) read_counter(i, kMaxEpisode, mark_.episode);
      read_short_form(i);
    }
    if (!mark_.season && !mark_.episode) return std::nullopt;
    return mark_;
  }

 private:
  /// A number that may count: not one that another noun has taken.
  std::optional<int> number_at(std::size_t i, int limit) const {
    return i < words_.size() && !used_[i] ? number_in(words_[i], limit) : std::nullopt;
  }

  void use(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i <= last; ++i) used_[i] = true;
    const bool is_first = mark_.end == 0;
    mark_.begin = is_first ? words_[first].begin : std::min(mark_.begin, words_[first].begin);
    mark_.end = std::max(mark_.end, words_[last].end);
  }

  std::string_view between(std::size_t left, std::size_t right) const {
    return text_.substr(words_[left].end, words_[right].begin - words_[left].end);
  }

  /// The number before the noun counts if nothing but a space or an ordinal's ending lies between; else the
  /// one after it.
  void read_counter(std::size_t noun, int limit, std::optional<int>& target) {
    if (target) return;
    std::size_t before = noun;
    if (before > 0 && is_ordinal_ending(words_[before - 1])) --before;
    if (before > 0 && is_adjacent(between(before - 1, before))) {
      if (const auto number = number_at(before - 1, limit)) {
        target = number;
        use(take_range_before(before - 1, limit, target), noun);
        return;
      }
    }
    const auto after = number_at(noun + 1, limit);
    if (!after || !is_adjacent(between(noun, noun + 1))) return;
    target = after;
    use(noun, take_range_after(noun + 1));
  }

  /// "-", "№", "#", ":" and spaces; a comma or a full stop begins something new.
  static bool is_adjacent(std::string_view gap) {
    return gap.find_first_of(",;|/()\"") == std::string_view::npos &&
           gap.find(". ") == std::string_view::npos;
  }

  static bool is_dash(std::string_view gap) { return gap == "-" || gap == "–" || gap == "—"; }

  std::size_t take_range_before(std::size_t last, int limit, std::optional<int>& target) {
    if (last == 0 || !is_dash(between(last - 1, last))) return last;
    const auto first = number_at(last - 1, limit);
    if (!first) return last;
    target = first;
    mark_.is_range = true;
    return last - 1;
  }

  std::size_t take_range_after(std::size_t first) {
    if (first + 1 >= words_.size() || !words_[first + 1].is_number || !is_dash(between(first, first + 1))) {
      return first;
    }
    mark_.is_range = true;
    return first + 1;
  }

  /// S01E02: the words "s", 01, "e", 02 with nothing between.
  void read_short_form(std::size_t i) {
    if (words_[i].folded != "s" || i + 3 >= words_.size() || words_[i + 2].folded != "e") return;
    if (words_[i].end != words_[i + 1].begin || words_[i + 2].end != words_[i + 3].begin) return;
    const auto season = number_at(i + 1, kMaxSeason);
    const auto episode = number_at(i + 3, kMaxEpisode);
    if (!season || !episode) return;
    mark_.season = season;
    mark_.episode = episode;
    use(i, i + 3);
  }

  std::string_view text_;
  std::vector<Word> words_;
  std::vector<bool> used_;
  EpisodeMark mark_;
};

}  // namespace

std::optional<EpisodeMark> find_episode(std::string_view text) {
  return EpisodeFinder(text).find();
}

}  // namespace filmoteka::domain::titles
