#include <filmoteka/base/utf8.hpp>
#include <filmoteka/language/keyboard_layout.hpp>
#include <filmoteka/language/transliteration.hpp>

#include <metadata/core/search/corrections.hpp>
#include <metadata/core/search/lexicon.hpp>
#include <metadata/core/search/similar_words.hpp>
#include <metadata/core/search/word_matches.hpp>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

constexpr std::string_view kLayout = "keyboard_layout";
constexpr std::string_view kTransliteration = "transliteration";
constexpr std::string_view kSpacing = "spacing";
constexpr std::string_view kTypo = "typo";
constexpr std::string_view kDroppedWords = "dropped_words";

constexpr std::size_t kMostSpellings = 6;
constexpr std::size_t kMostTellingRows = 20'000;
constexpr std::size_t kMostWords = 8;        // of a query whose words are looked at one by one
constexpr std::size_t kMostRemembered = 20;  // of a query of which some may be wrong
constexpr std::size_t kMostParts = 3;        // of a word that is torn apart
constexpr std::size_t kLongestTorn = 40;     // letters

using Corrected = std::optional<Correction>;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Corrections {
 public:
  Corrections(std::string_view q, std::span<const TextIndex* const> indexes, const BestAnswer& best_answer)
      : q_(q), indexes_(indexes), lexicon_(indexes), best_answer_(best_answer) {}

  Corrected find() {
    const TextQuery query = parse_text_query(q_);
    if (query.empty()) return {};
    if (Corrected found = in_other_layout()) return found;
    if (Corrected found = with_other_words(query)) return found;
    const TextQuery short_query = without_stop_words(query);
    if (short_query != query && !short_query.empty()) {
      if (Corrected found = tried(short_query, kDroppedWords)) return found;
      if (Corrected found = with_other_words(short_query)) return found;
    }
    return without_some_words(query);
  }

 private:
  bool is_answered(const TextQuery& query) { return !query.empty() && best_answer_(query).has_value(); }

  Corrected tried(const TextQuery& query, std::string_view reason) {
    if (query.empty()) return {};
    const auto best = best_answer_(query);
    return best ? Corrected({to_text(with_one_spelling(query, *best)), reason}) : Corrected();
  }

  // Of the spellings that a word may have, the first that is answered as well as all together are.
  TextQuery with_one_spelling(TextQuery query, FoundBy best) {
    for (QueryWord& word : query.words) {
      if (word.spellings.size() == 1) continue;
      const std::vector<std::string> spellings = std::exchange(word.spellings, {});
      for (const std::string& spelling : spellings) {
        word.spellings = {spelling};
        const auto answer = best_answer_(query);
        if (answer && *answer <= best) break;
      }
    }
    return query;
  }

  Corrected in_other_layout() {
    const auto other = language::in_other_layout(q_);
    if (!other) return {};
    return tried(parse_text_query(*other), kLayout);
  }

  Corrected with_other_words(const TextQuery& query) {
    if (query.words.size() > kMostWords) return {};
    if (Corrected found = with_unknown_words_replaced(query)) return found;
    if (Corrected found = with_words_joined(query)) return found;
    return with_similar_words(query);
  }

  bool is_known(const QueryWord& word) {
    const std::string& text = word.spellings.front();
    return lexicon_.has(text) || (word.is_beginning && lexicon_.has_beginning(text)) ||
           lexicon_.has_form(text);
  }

  // A misspelt word, or one of the other alphabet: what is answered better. In doubt Latin letters were meant
  // to be others, as they often are where no Cyrillic can be typed, and Cyrillic ones were not.
  Corrected with_unknown_words_replaced(const TextQuery& query) {
    const bool all_known = std::all_of(query.words.begin(), query.words.end(),
                                       [this](const QueryWord& word) { return is_known(word); });
    if (all_known) return in_other_script(query);
    Corrected other_script = in_other_script(query);
    Corrected same_script = in_same_script(query);
    if (!other_script || !same_script) return other_script ? other_script : same_script;
    const auto best = [this](const Corrected& one) {
      return best_answer_(parse_text_query(one->q));
    };
    const bool is_latin = std::any_of(
        q_.begin(), q_.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    const bool other_is_better =
        is_latin ? best(other_script) <= best(same_script) : best(other_script) < best(same_script);
    return other_is_better ? other_script : same_script;
  }

  // All words of the script may be meant otherwise, not only the unknown ones ("i" in "lyubov i golubi").
  Corrected in_other_script(const TextQuery& query) {
    TextQuery changed = query;
    bool is_changed = false;
    for (QueryWord& word : changed.words) {
      const bool is_there = is_known(word);
      std::vector<std::string> spellings = in_other_script(word);
      if (spellings.empty() && !is_there) return {};
      is_changed = is_changed || !spellings.empty();
      if (is_there) spellings.insert(spellings.begin(), word.spellings.front());
      word.spellings = std::move(spellings);
    }
    return is_changed ? tried(changed, kTransliteration) : Corrected();
  }

  Corrected in_same_script(const TextQuery& query) {
    TextQuery replaced{{}, query.year};
    std::string_view reason;
    for (const QueryWord& word : query.words) {
      if (is_known(word)) {
        replaced.words.push_back(word);
        continue;
      }
      const std::string& text = word.spellings.front();
      std::vector<QueryWord> words;
      if (utf8_length(text) <= kLongestTorn) words = torn_apart(text, kMostParts);
      if (reason.empty()) reason = words.empty() ? kTypo : kSpacing;
      if (words.empty()) {
        std::vector<std::string> similar = similar_to(word);
        if (similar.empty()) return {};
        words.push_back({std::move(similar), false});
      }
      words.back().is_beginning = word.is_beginning;
      replaced.words.insert(replaced.words.end(), words.begin(), words.end());
    }
    return tried(replaced, reason);
  }

  std::vector<std::string> in_other_script(const QueryWord& word) {
    const std::vector<std::string> candidates = language::transliterations(word.spellings.front());
    std::vector<std::string> spellings;
    const auto take = [&](const std::string& candidate, bool is_there) {
      if (is_there && spellings.size() < kMostSpellings) spellings.push_back(candidate);
    };
    for (const std::string& one : candidates) take(one, lexicon_.has(one));
    for (const std::string& one : candidates) {
      if (word.is_beginning && spellings.empty()) take(one, lexicon_.has_beginning(one));
    }
    if (!spellings.empty()) return spellings;
    for (const std::string& one : candidates) take(one, lexicon_.has_form(one));
    if (!spellings.empty()) return spellings;
    // The signs that Latin letters do not have ("sudby" for судьбы) are as good as typos.
    constexpr std::size_t kLikeliest = 4;
    for (std::size_t i = 0; i < std::min(kLikeliest, candidates.size()) && spellings.empty(); ++i) {
      spellings = lexicon_.similar(candidates[i], word.is_beginning, kMostSpellings);
    }
    return spellings;
  }

  // The words that are written as one: those of which the rarest is the commonest. Letters and digits are
  // parted first.
  std::vector<QueryWord> torn_apart(std::string_view text, std::size_t parts) {
    std::vector<QueryWord> best;
    if (parts < 2) return best;
    std::uint64_t best_weight = 0;
    std::string_view rest = text;
    for (take_code_point(rest); !rest.empty(); take_code_point(rest)) {
      const std::string_view first = text.substr(0, text.size() - rest.size());
      const bool is_number_apart = is_digit(first.back()) != is_digit(rest.front());
      if (!is_number_apart && (utf8_length(first) < 2 || utf8_length(rest) < 2)) continue;
      if (lexicon_.weight(first) <= best_weight) continue;
      std::vector<QueryWord> words{{{std::string(first)}, false}};
      if (lexicon_.has(rest)) {
        words.push_back({{std::string(rest)}, false});
      } else {
        const std::vector<QueryWord> more = torn_apart(rest, parts - 1);
        if (more.empty()) continue;
        words.insert(words.end(), more.begin(), more.end());
      }
      std::uint64_t weight =
          is_number_apart ? std::numeric_limits<std::uint64_t>::max() : lexicon_.weight(first);
      for (const QueryWord& word : words) weight = std::min(weight, lexicon_.weight(word.spellings.front()));
      if (weight <= best_weight || !is_answered(TextQuery{words, {}})) continue;
      if (is_number_apart) return words;
      best = std::move(words);
      best_weight = weight;
    }
    return best;
  }

  std::vector<std::string> similar_to(const QueryWord& word) const {
    return lexicon_.similar(word.spellings.front(), word.is_beginning, kMostSpellings);
  }

  Corrected with_words_joined(const TextQuery& query) {
    for (std::size_t i = 0; i + 1 < query.words.size(); ++i) {
      const std::string joined = query.words[i].spellings.front() + query.words[i + 1].spellings.front();
      const bool is_beginning = query.words[i + 1].is_beginning;
      if (!lexicon_.has(joined) && !(is_beginning && lexicon_.has_beginning(joined))) continue;
      TextQuery changed = query;
      changed.words[i] = {{joined}, is_beginning};
      changed.words.erase(changed.words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      if (Corrected found = tried(changed, kSpacing)) return found;
    }
    return {};
  }

  // A typo may have made another word that there is: all words may be others.
  Corrected with_similar_words(const TextQuery& query) {
    if (query.words.size() < 2) return {};
    TextQuery changed = query;
    bool is_changed = false;
    for (QueryWord& word : changed.words) {
      const std::vector<std::string> similar = similar_words_of(word);
      is_changed = is_changed || !similar.empty();
      if (!is_known(word) && !similar.empty()) word.spellings.clear();
      word.spellings.insert(word.spellings.end(), similar.begin(), similar.end());
    }
    return is_changed ? tried(changed, kTypo) : Corrected();
  }

  // similar() of a word that is there is the word itself: the next nearest are wanted.
  std::vector<std::string> similar_words_of(const QueryWord& word) const {
    std::vector<std::string> words;
    const std::string& text = word.spellings.front();
    const unsigned most = most_errors(utf8_length(text));
    if (most == 0) return words;
    for (const TextIndex* index : indexes_) {
      for (const SimilarWord& similar : similar_words(*index, text, most)) {
        if (similar.distance > 0) words.emplace_back(index->words[similar.word]);
      }
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::stable_sort(words.begin(), words.end(), [this](const std::string& a, const std::string& b) {
      return lexicon_.weight(a) > lexicon_.weight(b);
    });
    if (words.size() > 4 * kMostSpellings) words.resize(4 * kMostSpellings);
    return words;
  }

  static TextQuery without_stop_words(TextQuery query) {
    std::erase_if(query.words, [](const QueryWord& word) { return is_stop_word(word.spellings.front()); });
    return query;
  }

  // The words of the film that has the most telling ones.
  Corrected without_some_words(const TextQuery& query) {
    if (query.words.size() < 2 || query.words.size() > kMostRemembered) return {};
    TextQuery kept{{}, query.year};
    double best = 0;
    for (const TextIndex* index : indexes_) {
      TextQuery words = most_telling(query, *index, best);
      if (!words.empty()) kept.words = std::move(words.words);
    }
    const bool says_something = std::any_of(kept.words.begin(), kept.words.end(), [](const QueryWord& word) {
      return !is_stop_word(word.spellings.front());
    });
    return says_something ? tried(kept, kDroppedWords) : Corrected();
  }

  // Empty if no film is better than `best`.
  static TextQuery most_telling(const TextQuery& query, const TextIndex& index, double& best) {
    std::vector<std::vector<Row>> rows_of;
    std::vector<std::pair<Row, double>> scores;
    for (const QueryWord& word : query.words) {
      std::vector<Row> rows;
      const WordMatches matches = matches_of(word, index);
      for (const auto* ids : {&matches.whole, &matches.forms}) {
        for (const WordId id : *ids) {
          const bool is_common = index.at(TextPlace::kName).weight(id) > 2 * kMostTellingRows;
          if (!is_common) index.at(TextPlace::kName).append_to(rows, id);
        }
      }
      std::sort(rows.begin(), rows.end());
      rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
      if (rows.size() > kMostTellingRows) rows.clear();  // it tells next to nothing
      const double score = 1.0 / (1.0 + static_cast<double>(rows.size()));
      for (const Row row : rows) scores.emplace_back(row, 1.0 + score);
      rows_of.push_back(std::move(rows));
    }
    std::sort(scores.begin(), scores.end());
    std::optional<Row> found;
    for (std::size_t i = 0; i < scores.size();) {
      const Row row = scores[i].first;
      double sum = 0;
      for (; i < scores.size() && scores[i].first == row; ++i) sum += scores[i].second;
      if (sum <= best) continue;
      best = sum;
      found = row;
    }
    TextQuery words;
    for (std::size_t i = 0; found && i < query.words.size(); ++i) {
      if (std::binary_search(rows_of[i].begin(), rows_of[i].end(), *found)) {
        words.words.push_back({query.words[i].spellings, false});
      }
    }
    return words;
  }

  const std::string_view q_;
  const std::span<const TextIndex* const> indexes_;
  Lexicon lexicon_;
  const BestAnswer& best_answer_;
};

}  // namespace

std::optional<Correction> correct(std::string_view q, std::span<const TextIndex* const> indexes,
                                  const BestAnswer& best_answer) {
  return Corrections(q, indexes, best_answer).find();
}

}  // namespace filmoteka::metadata
