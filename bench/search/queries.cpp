#include "queries.hpp"

#include "letters.hpp"
#include "subcommands.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <metadata/core/testing/film_generator.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace filmoteka::bench {
namespace {

using domain::MovieFacts;
using metadata::testing::FilmGenerator;
using metadata::testing::Random;

using Text = std::optional<Letters>;
/// A query about a film, unless the film is not one for such a query.
using Make = Text (*)(const MovieFacts&, Random&);

constexpr std::size_t kLongWord = 5;  ///< letters from which on a word says something, and is easily mistyped

std::vector<Word> long_words(const Letters& text) {
  std::vector<Word> words = words_of(text);
  std::erase_if(words, [](Word word) { return word.size() < kLongWord; });
  return words;
}

Letters text_of(const Letters& text, Word word) {
  return text.substr(word.first, word.size());
}

/// `count` different long words of `text`, in its order, lower case.
Text some_words(const Letters& text, std::size_t count, Random& random) {
  std::vector<Letters> words;
  for (const Word word : long_words(text)) {
    Letters one = lower_case(text_of(text, word));
    if (std::find(words.begin(), words.end(), one) == words.end()) words.push_back(std::move(one));
  }
  if (words.size() < count) return std::nullopt;
  while (words.size() > count)
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(random.below(words.size())));
  Letters query;
  for (const Letters& word : words) query += (query.empty() ? Letters() : Letters(U" ")) + word;
  return query;
}

Text exact_title(const MovieFacts& film, Random& /*random*/) {
  return to_letters(film.title);
}

Text two_words(const MovieFacts& film, Random& random) {
  return some_words(to_letters(film.title), 2, random);
}

// The last word is not finished, the ones before it are.
Text unfinished_title(const MovieFacts& film, Random& random) {
  constexpr std::size_t kLeast = 3;
  const Letters title = to_letters(film.title);
  std::vector<Word> words = words_of(title);
  std::erase_if(words, [](Word word) { return word.last < kLeast + 1 || word.size() < 2; });
  if (words.empty()) return std::nullopt;
  const Word word = random.pick(words);
  const std::size_t from = std::max(kLeast, word.first + 1);
  return title.substr(0, from + random.below(word.last - from));
}

Text shouted_title(const MovieFacts& film, Random& random) {
  Letters title = upper_case(to_letters(film.title));
  // Titles with ё are what this kind is about, but not it alone.
  if (title.find(U'Ё') == Letters::npos && !random.chance(20)) return std::nullopt;
  std::replace(title.begin(), title.end(), U'Ё', U'Е');
  return title;
}

Text one_typo(const MovieFacts& film, Random& random) {
  Letters title = to_letters(film.title);
  const std::vector<Word> words = long_words(title);
  if (words.empty()) return std::nullopt;
  mistype(title, random.pick(words), random);
  return title;
}

// In two words, or in one that is long enough to be known again.
Text two_typos(const MovieFacts& film, Random& random) {
  constexpr std::size_t kVeryLong = 9;
  Letters title = to_letters(film.title);
  const std::vector<Word> words = long_words(title);
  if (words.size() >= 2) {
    // From the end, so that the first one still stands where it stood.
    const std::size_t second = 1 + random.below(words.size() - 1);
    mistype(title, words[second], random);
    mistype(title, words[random.below(second)], random);
    return title;
  }
  if (words.empty() || words.front().size() < kVeryLong) return std::nullopt;
  const Word word = words.front();
  const std::size_t middle = word.first + word.size() / 2;
  mistype(title, {middle, word.last}, random);
  mistype(title, {word.first, middle}, random);
  return title;
}

// Nobody changes the layout twice, and gets it wrong twice, in one title: titles of both alphabets are left
// out.
Text other_layout(const MovieFacts& film, Random& /*random*/) {
  const Letters title = lower_case(to_letters(film.title));
  const bool has_russian = is_russian(title);
  const bool has_other = std::any_of(title.begin(), title.end(), [has_russian](char32_t letter) {
    return has_russian ? letter >= U'a' && letter <= U'z' : letter >= 0x80;
  });
  return has_other ? std::nullopt : Text(in_other_layout(title));
}

Text in_latin_letters(const MovieFacts& film, Random& /*random*/) {
  const Letters title = to_letters(film.title);
  return is_russian(title) ? Text(transliterated(title)) : std::nullopt;
}

Text person(const MovieFacts& film, Random& random) {
  return film.cast.empty() ? std::nullopt : Text(to_letters(random.pick(film.cast)));
}

Text words_of_description(const MovieFacts& film, Random& random) {
  return film.description ? some_words(to_letters(*film.description), 3, random) : std::nullopt;
}

struct Kind {
  std::string_view name;
  Make make;
};
constexpr Kind kKinds[] = {{"exact title", exact_title},
                           {"two words of a title", two_words},
                           {"title, last word unfinished", unfinished_title},
                           {"title in capitals, Е for Ё", shouted_title},
                           {"title with a typo", one_typo},
                           {"title with two typos", two_typos},
                           {"title, other keyboard layout", other_layout},
                           {"title in Latin letters", in_latin_letters},
                           {"person", person},
                           {"three words of a description", words_of_description}};

void add_kind(const Kind& kind, std::int64_t films, Random& random, std::size_t count,
              std::vector<Query>& queries) {
  constexpr std::size_t kTries = 1'000;
  const FilmGenerator generator(kFilmsSeed);
  std::size_t made = 0;
  for (std::size_t tries = 0; made < count && tries < count * kTries; ++tries) {
    const domain::MovieId id = random.between(1, films);
    const domain::Movie film = generator.film(id);
    if (!film.facts.is_active) continue;
    if (const Text text = kind.make(film.facts, random)) {
      queries.push_back({std::string(kind.name), to_utf8(*text), id});
      ++made;
    }
  }
}

// What a visitor's browser asks for while he types titles: every beginning of a few of them.
void add_typing(std::int64_t films, Random& random, std::size_t count, std::vector<Query>& queries) {
  const FilmGenerator generator(kFilmsSeed);
  for (std::size_t made = 0; made < count;) {
    const domain::Movie film = generator.film(random.between(1, films));
    if (!film.facts.is_active) continue;
    const Letters title = lower_case(to_letters(film.facts.title));
    for (std::size_t typed = 1; typed <= title.size() && made < count; ++typed, ++made) {
      queries.push_back({std::string(kTyping), to_utf8(title.substr(0, typed)), std::nullopt});
    }
  }
}

// The commonest words of titles, prepositions and conjunctions left out.
void add_common_words(std::int64_t films, std::vector<Query>& queries) {
  constexpr std::int64_t kSample = 20'000;
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kWords = 10;
  const FilmGenerator generator(kFilmsSeed);
  std::map<Letters, std::size_t> counts;
  for (domain::MovieId id = 1; id <= std::min(films, kSample); ++id) {
    const Letters title = lower_case(to_letters(generator.film(id).facts.title));
    std::set<Letters> words;
    for (const Word word : words_of(title)) {
      if (word.size() >= kShortest) words.insert(text_of(title, word));
    }
    for (const Letters& word : words) ++counts[word];
  }
  std::vector<std::pair<std::size_t, Letters>> common;
  for (const auto& [word, count] : counts) common.emplace_back(count, word);
  const std::size_t wanted = std::min(kWords, common.size());
  std::partial_sort(common.begin(), common.begin() + static_cast<std::ptrdiff_t>(wanted), common.end(),
                    std::greater<>());
  for (std::size_t i = 0; i < wanted; ++i) {
    queries.push_back({"one very common word", to_utf8(common[i].second), std::nullopt});
  }
}

// Letters in an order that no word has, so that none is near enough to be meant; and they are letters in the
// other keyboard layout too.
void add_without_match(Random& random, std::size_t count, std::vector<Query>& queries) {
  constexpr std::u32string_view kLetters = U"йцщфзгш";
  constexpr std::size_t kLength = 9;
  for (std::size_t i = 0; i < count; ++i) {
    Letters word;
    while (word.size() < kLength) word += random.pick(kLetters);
    queries.push_back({"no match", to_utf8(word), std::nullopt});
  }
}

}  // namespace

std::vector<Query> make_queries(std::int64_t films, std::uint64_t seed, std::size_t count) {
  Random random(seed);
  std::vector<Query> queries;
  for (const Kind& kind : kKinds) add_kind(kind, films, random, count, queries);
  add_typing(films, random, count, queries);
  add_common_words(films, queries);
  add_without_match(random, count, queries);
  return queries;
}

void print(std::ostream& out, const Query& query) {
  boost::json::object line{{"kind", query.kind}, {"q", query.q}};
  if (query.film) line["film"] = *query.film;
  out << boost::json::serialize(line) << '\n';
}

std::vector<Query> read_queries(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  std::vector<Query> queries;
  for (std::string line; std::getline(in, line);) {
    const boost::json::object read = boost::json::parse(line).as_object();
    Query query{std::string(read.at("kind").as_string()), std::string(read.at("q").as_string()),
                std::nullopt};
    if (const auto* film = read.if_contains("film")) query.film = film->to_number<domain::MovieId>();
    queries.push_back(std::move(query));
  }
  return queries;
}

void print_queries(std::int64_t films, std::uint64_t seed, std::size_t count) {
  for (const Query& query : make_queries(films, seed, count)) print(std::cout, query);
}

}  // namespace filmoteka::bench
