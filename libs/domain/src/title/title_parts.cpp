#include "title/brackets.hpp"
#include "title/decoration.hpp"
#include "title/episode.hpp"
#include "title/words.hpp"

#include <filmoteka/domain/look_alikes.hpp>
#include <filmoteka/domain/title_parts.hpp>
#include <filmoteka/domain/values.hpp>

#include <algorithm>

namespace filmoteka::domain {
namespace {

using titles::kBreak;
using titles::Script;
using titles::Word;

/// What is longer is no title: it is not looked into.
constexpr std::size_t kMostTitleBytes = 4'000;

/// The pieces between "/", "|", a lone "I" used as a bar, and brackets with a year. A slash inside a word
/// ("24/7", "AC/DC") separates nothing unless the script changes there.
class Segments {
 public:
  explicit Segments(std::string_view text) : text_(text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (separates(i)) cut(i);
    }
    cut(text.size());
  }
  std::vector<std::string> take() { return std::move(segments_); }

 private:
  bool separates(std::size_t i) const {
    const char c = text_[i];
    if (c == '|' || c == kBreak) return true;
    const std::string_view before = text_.substr(0, i);
    const std::string_view after = text_.substr(i + 1);
    if (c == 'I') {
      return before.ends_with(' ') && after.starts_with(' ') &&
             titles::script_of(last_word(before)) == Script::kCyrillic &&
             titles::script_of(first_word(after)) == Script::kLatin;
    }
    if (c != '/') return false;
    return before.ends_with(' ') || after.starts_with(' ') ||
           titles::script_of(last_word(before)) != titles::script_of(first_word(after));
  }

  static std::string_view last_word(std::string_view text) {
    text = titles::trim_separators(text);
    return text.substr(text.rfind(' ') == std::string_view::npos ? 0 : text.rfind(' ') + 1);
  }
  static std::string_view first_word(std::string_view text) {
    text = titles::trim_separators(text);
    return text.substr(0, text.find(' '));
  }

  void cut(std::size_t end) {
    const std::string_view segment = titles::trim_separators(text_.substr(begin_, end - begin_));
    if (!segment.empty()) segments_.emplace_back(segment);
    begin_ = end + 1;
  }

  std::string_view text_;
  std::size_t begin_ = 0;
  std::vector<std::string> segments_;
};

class TitleSplitter {
 public:
  explicit TitleSplitter(const TitleHints& hints) : hints_(hints) {}

  TitleParts split(std::string_view text) {
    const std::string fixed = titles::without_decoration(fix_look_alikes(text));
    note_words(fixed);
    std::string rest = titles::take_brackets(titles::without_lead(fixed, parts_), hints_, parts_);
    if (const auto mark = titles::find_episode(rest)) rest = cut_episode(rest, *mark);
    std::vector<std::string> segments = Segments(rest).take();
    for (std::string& segment : segments) tidy_segment(segment);
    std::erase_if(segments, [](const std::string& segment) { return segment.empty(); });
    name(std::move(segments));
    apply_hints();
    if (parts_.title.empty()) parts_.title = std::string(titles::trim_separators(fixed));
    if (parts_.title.empty()) parts_.title = fixed;
    return std::move(parts_);
  }

 private:
  void note_words(std::string_view text) {
    const std::vector<Word> words = titles::words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
      // An English film may have the word in its name ("Trailer Park Boys"): it counts at the end only.
      const bool latin = titles::script_of(words[i].folded) == Script::kLatin;
      if (titles::is_trailer_word(words[i].folded) && (!latin || i + 1 == words.size())) {
        parts_.kind = TitleKind::kTrailer;
      }
    }
    if (parts_.kind == TitleKind::kMovie && titles::names_other_kind(words)) parts_.kind = TitleKind::kOther;
  }

  /// The show's name is what stands before the first sign of an episode, or after it if nothing does.
  std::string cut_episode(const std::string& text, const titles::EpisodeMark& mark) {
    parts_.season = mark.season;
    parts_.episode = mark.episode;
    if (parts_.kind != TitleKind::kTrailer) {
      parts_.kind = mark.episode ? TitleKind::kEpisode : TitleKind::kSeries;
    }
    const std::string before = text.substr(0, mark.begin);
    const std::string after = text.substr(mark.end);
    if (titles::trim_separators(before).empty()) return after;
    return before + read_episode_tail(after);
  }

  /// After the number come the episode's own name and remarks; only names in another script belong to the
  /// show.
  std::string read_episode_tail(const std::string& tail) {
    for (const Word& word : titles::words_of(tail)) {
      if (word.folded == "финал" || word.folded == "финальная" || word.folded == "финальный") {
        parts_.tags.emplace_back("финал");
        break;
      }
    }
    read_quoted_name(tail);
    std::string tag;
    if (titles::tag_at_end(titles::words_of(tail), tag) > 0 && !tag.empty()) parts_.tags.push_back(tag);
    const std::size_t bar = tail.find_first_of("/|");
    if (bar == std::string::npos) return {};
    const std::string name(titles::trim_separators(tail.substr(bar)));
    return titles::script_of(name) == Script::kLatin ? " / " + name : std::string();
  }

  void read_quoted_name(std::string_view tail) {
    constexpr std::string_view kOpen = "«";
    const std::size_t open = tail.find(kOpen);
    const std::size_t close = tail.find("»");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return;
    const std::string_view name = tail.substr(open + kOpen.size(), close - open - kOpen.size());
    parts_.tags.push_back("название серии: " + std::string(name));
  }

  /// Takes tags and a bare year off the end of a segment, until neither is there.
  void tidy_segment(std::string& segment) {
    std::vector<std::string> tags;
    for (;;) {
      const std::vector<Word> words = titles::words_of(segment);
      std::string tag;
      const std::size_t count = titles::tag_at_end(words, tag);
      if (take_age_at_end(segment, words) || take_year_at_end(segment, words)) continue;
      if (count == 0) break;
      if (!tag.empty()) tags.insert(tags.begin(), tag);
      segment = std::string(
          titles::trim_separators(std::string_view(segment).substr(0, words[words.size() - count].begin)));
    }
    parts_.tags.insert(parts_.tags.end(), tags.begin(), tags.end());
  }

  /// "Дурак 16+"
  bool take_age_at_end(std::string& segment, const std::vector<Word>& words) {
    if (words.empty() || !words.back().is_number || !segment.ends_with('+')) return false;
    const std::string age = segment.substr(words.back().begin);
    const bool stands_alone = words.back().begin == 0 || segment[words.back().begin - 1] == ' ';
    if (!stands_alone || !parse_age(age)) return false;
    parts_.tags.push_back(age);
    segment = std::string(titles::trim_separators(std::string_view(segment).substr(0, words.back().begin)));
    return true;
  }

  /// "Моана 2016": the last word, if a name is left without it; in a show's name it belongs to the name.
  bool take_year_at_end(std::string& segment, const std::vector<Word>& words) {
    if (words.size() < 2 || parts_.episode || hints_.is_episode) return false;
    const Word& last = words.back();
    if (!titles::is_year(last, hints_.latest_year) || last.end != segment.size()) return false;
    if (parts_.year && *parts_.year != titles::number_in(last, hints_.latest_year)) return false;
    const std::string_view name = titles::trim_separators(std::string_view(segment).substr(0, last.begin));
    const bool stands_alone =
        last.begin > 0 && (segment[last.begin - 1] == ' ' || segment[last.begin - 1] == ',');
    if (name.empty() || !stands_alone) return false;
    parts_.year = titles::number_in(last, hints_.latest_year);
    segment = std::string(name);
    return true;
  }

  /// The first Cyrillic name is the title, the first Latin one the original title; the others are
  /// alternatives.
  void name(std::vector<std::string> segments) {
    if (segments.empty()) return;
    std::size_t main = 0;
    if (titles::script_of(segments[0]) == Script::kLatin) {
      const auto cyrillic = std::find_if(segments.begin(), segments.end(), [](const std::string& segment) {
        return titles::script_of(segment) == Script::kCyrillic;
      });
      if (cyrillic != segments.end()) main = static_cast<std::size_t>(cyrillic - segments.begin());
    }
    parts_.title = segments[main];
    const bool is_latin = titles::script_of(parts_.title) == Script::kLatin;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (i == main || segments[i] == parts_.title) continue;
      if (!is_latin && !parts_.original_title && titles::script_of(segments[i]) == Script::kLatin) {
        parts_.original_title = std::move(segments[i]);
      } else {
        parts_.alternative_titles.push_back(std::move(segments[i]));
      }
    }
  }

  void apply_hints() {
    if (hints_.season && !parts_.season) parts_.season = hints_.season;
    if (hints_.episode && !parts_.episode) parts_.episode = hints_.episode;
    if (!hints_.is_episode || parts_.kind == TitleKind::kTrailer) return;
    // Nothing in the text says where the show's name ends but the colon.
    const bool in_text = parts_.kind == TitleKind::kEpisode;
    parts_.kind = TitleKind::kEpisode;
    const std::size_t colon = parts_.title.find(": ");
    if (!in_text && colon != std::string::npos && colon > 0) parts_.title.resize(colon);
  }

  const TitleHints& hints_;
  TitleParts parts_;
};

}  // namespace

std::string_view to_string(TitleKind kind) {
  switch (kind) {
    case TitleKind::kMovie:
      return "movie";
    case TitleKind::kTrailer:
      return "trailer";
    case TitleKind::kEpisode:
      return "episode";
    case TitleKind::kSeries:
      return "series";
    case TitleKind::kOther:
      return "other";
  }
  return "other";
}

TitleParts split_title(std::string_view text, const TitleHints& hints) {
  if (text.size() > kMostTitleBytes) {
    TitleParts parts;
    parts.title = std::string(text);
    return parts;
  }
  return TitleSplitter(hints).split(text);
}

}  // namespace filmoteka::domain
