#include <filmoteka/base/utf8.hpp>

#include <metadata/core/search/form_keys.hpp>
#include <metadata/core/search/names.hpp>
#include <metadata/core/search/text_ranks.hpp>
#include <metadata/core/testing/naive_search.hpp>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <vector>

namespace filmoteka::metadata::testing {
namespace {

using Words = std::vector<std::string>;

struct ReadFilm {
  std::vector<Words> names;
  Words cast;
  Words description;
};

// Remembers what was read: that makes it quick enough for thousands of films and questions.
const ReadFilm& read(const domain::MovieFacts& facts) {
  thread_local std::unordered_map<std::string, ReadFilm> known;
  const std::string names = searchable_names(facts);
  const std::string cast = searchable_cast(facts);
  const std::string description = searchable_description(facts);
  const auto [film, is_new] = known.try_emplace(names + '\n' + cast + '\n' + description);
  if (is_new) {
    for_each_name(names, [&](std::string_view name) { film->second.names.push_back(words_of(name)); });
    film->second.cast = words_of(cast);
    film->second.description = words_of(description);
  }
  return film->second;
}

const std::vector<FormKey>& keys_of(const std::string& word) {
  thread_local std::unordered_map<std::string, std::vector<FormKey>> known;
  thread_local FormKeys keys;
  const auto [found, is_new] = known.try_emplace(word);
  if (is_new) found->second = keys.of(word);
  return found->second;
}

bool are_forms(const std::string& a, const std::string& b) {
  const auto& keys = keys_of(b);
  return a == b || std::any_of(keys_of(a).begin(), keys_of(a).end(), [&](FormKey key) {
           return std::find(keys.begin(), keys.end(), key) != keys.end();
         });
}

enum class Way { kWhole, kBeginning, kForm };

/// A word of a query that knows the others: one that is theirs does not count as one that begins with this.
struct AskedWord : QueryWord {
  Words others{};
};

std::vector<AskedWord> words_asked(const TextQuery& query) {
  std::vector<AskedWord> asked;
  for (std::size_t i = 0; i < query.words.size(); ++i) {
    asked.push_back({query.words[i]});
    for (std::size_t other = 0; other < query.words.size(); ++other) {
      if (other != i) asked.back().others.push_back(query.words[other].spellings.front());
    }
  }
  return asked;
}

bool fits(const std::string& word, const QueryWord& asked, Way way) {
  const std::string& wanted = asked.spellings.front();
  if (word == wanted) return true;
  if (way >= Way::kBeginning && asked.is_beginning && word.starts_with(wanted)) return true;
  return way == Way::kForm && are_forms(word, wanted);
}

bool has(const Words& words, const AskedWord& asked, Way way) {
  const std::string& wanted = asked.spellings.front();
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const bool begins = asked.is_beginning && word != wanted && word.starts_with(wanted);
    if (begins && std::find(asked.others.begin(), asked.others.end(), word) != asked.others.end())
      return false;
    return fits(word, asked, way);
  });
}

bool in_names(const ReadFilm& film, const AskedWord& asked, Way way) {
  return std::any_of(film.names.begin(), film.names.end(),
                     [&](const Words& name) { return has(name, asked, way); });
}

bool in_description(const ReadFilm& film, const AskedWord& asked) {
  AskedWord word = asked;
  if (utf8_length(word.spellings.front()) < 3) word.is_beginning = false;
  return has(film.description, word, Way::kForm);
}

template <class Test>
bool all(const TextQuery& query, Test test) {
  const std::vector<AskedWord> words = words_asked(query);
  return std::all_of(words.begin(), words.end(), test);
}

// How the words of a name, from `at` on, are the query's.
bool stands_at(const Words& name, std::size_t at, const TextQuery& query) {
  if (name.size() - at < query.words.size()) return false;
  for (std::size_t i = 0; i < query.words.size(); ++i) {
    if (!fits(name[at + i], query.words[i], Way::kBeginning)) return false;
  }
  return true;
}

bool is_in_order(const Words& name, const TextQuery& query, Way way) {
  std::size_t next = 0;
  for (const std::string& word : name) {
    if (next < query.words.size() && fits(word, query.words[next], way)) ++next;
  }
  return next == query.words.size();
}

FoundBy best_of_name(const Words& name, const TextQuery& query) {
  Words wanted = words_of(name_in(query));
  if (name == wanted) return FoundBy::kExactTitle;
  if (query.year) {
    wanted.push_back(std::to_string(*query.year));
    if (name == wanted) return FoundBy::kExactTitle;
  }
  if (stands_at(name, 0, query)) return FoundBy::kTitlePrefix;
  const bool is_one_word = query.words.size() == 1;
  for (std::size_t at = 1; !is_one_word && at < name.size(); ++at) {
    if (stands_at(name, at, query)) return FoundBy::kTitlePhrase;
  }
  return !is_one_word && is_in_order(name, query, Way::kBeginning) ? FoundBy::kTitleInOrder
                                                                   : FoundBy::kDescription;
}

std::optional<FoundBy> found_by(const ReadFilm& film, const TextQuery& query) {
  const auto names = [&](Way way) {
    return all(query, [&](const AskedWord& word) { return in_names(film, word, way); });
  };
  if (names(Way::kBeginning)) {
    FoundBy best = FoundBy::kDescription;
    for (const Words& name : film.names) best = std::min(best, best_of_name(name, query));
    if (best < FoundBy::kTitleWords) return best;
    return names(Way::kWhole) ? FoundBy::kTitleWords : FoundBy::kTitleBeginnings;
  }
  if (names(Way::kForm)) {
    const bool in_order =
        query.words.size() > 1 && std::any_of(film.names.begin(), film.names.end(), [&](const Words& name) {
          return is_in_order(name, query, Way::kForm);
        });
    return in_order ? FoundBy::kTitleFormsInOrder : FoundBy::kTitleForms;
  }
  const auto in_whole_cast = [&](const AskedWord& word) {
    AskedWord whole = word;
    whole.is_beginning = false;
    return in_names(film, word, Way::kForm) || has(film.cast, whole, Way::kForm);
  };
  if (all(query, in_whole_cast)) return FoundBy::kCast;
  const auto in_cast = [&](const AskedWord& word) {
    return in_names(film, word, Way::kForm) || has(film.cast, word, Way::kForm);
  };
  if (all(query, in_cast)) return FoundBy::kCastBeginnings;
  const auto anywhere = [&](const AskedWord& word) {
    return in_cast(word) || in_description(film, word);
  };
  return all(query, anywhere) ? std::optional(FoundBy::kDescription) : std::nullopt;
}

YearMatch match_of_year(const domain::MovieFacts& facts, const ReadFilm& film, std::int32_t year) {
  const AskedWord word{{{std::to_string(year)}, false}};
  if (in_names(film, word, Way::kWhole) || facts.year == year) return YearMatch::kSame;
  return facts.year && std::abs(*facts.year - year) <= 1 ? YearMatch::kNear : YearMatch::kOther;
}

}  // namespace

std::optional<TextRank> naive_rank(const domain::Movie& movie, const std::string& q) {
  const TextQuery query = parse_text_query(q);
  if (query.empty()) return std::nullopt;
  const ReadFilm& film = read(movie.facts);
  const auto by = found_by(film, query);
  if (!by) return std::nullopt;
  return rank_of(*by, query.year ? match_of_year(movie.facts, film, *query.year) : YearMatch::kSame);
}

}  // namespace filmoteka::metadata::testing
