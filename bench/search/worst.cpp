#include "../metadata/measure.hpp"
#include "generated.hpp"
#include "letters.hpp"
#include "our_search.hpp"
#include "queries.hpp"
#include "subcommands.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <metadata/core/testing/film_generator.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <utility>

namespace filmoteka::bench {
namespace {

using metadata::Snapshot;
using metadata::testing::FilmGenerator;
using metadata::testing::Random;

constexpr std::size_t kMostLetters = 200;  // of a query: more is refused before it is searched for
constexpr std::size_t kKept = 20;

struct Slow {
  double seconds = 0;
  std::string q;
};

double seconds_of(const Snapshot& snapshot, const std::string& q) {
  const Stopwatch one;
  search(snapshot, q);
  return one.seconds();
}

/// What queries are put together from: words of films, and what people and robots type besides.
class Pieces {
 public:
  Pieces(std::int64_t films, Random& random) {
    constexpr int kFilms = 500;
    const FilmGenerator generator(kFilmsSeed);
    for (int i = 0; i < kFilms; ++i) {
      const domain::Movie film = generator.film(random.between(1, films));
      add_words(film.facts.title);
      for (const std::string& person : film.facts.cast) add_words(person);
      if (film.facts.description) add_words(*film.facts.description);
    }
  }

  Letters piece(Random& random) const {
    constexpr std::array<std::u32string_view, 15> kOthers{
        U"the", U"и", U"в", U"a", U"2", U"1999", U"ё", U"%", U"🎬", U"'", U"щ", U"\u202e", U"(*", U"qz", U"-"};
    Letters piece = random.chance(25) ? Letters(random.pick(kOthers)) : random.pick(words_);
    switch (random.below(8)) {
      case 0:
      case 1:
        return piece.substr(0, 1 + random.below(piece.size()));
      case 2:
        if (piece.size() > 2) mistype(piece, {0, piece.size()}, random);
        return piece;
      case 3:
        return in_other_layout(piece);
      case 4:
        return transliterated(piece);
      default:
        return piece;
    }
  }

 private:
  void add_words(const std::string& text) {
    const Letters letters = lower_case(to_letters(text));
    for (const Word word : words_of(letters)) words_.push_back(letters.substr(word.first, word.size()));
  }

  std::vector<Letters> words_;
};

Letters joined(const std::vector<Letters>& pieces) {
  Letters query;
  for (const Letters& piece : pieces) query += (query.empty() ? Letters() : Letters(U" ")) + piece;
  return query.substr(0, kMostLetters);
}

std::vector<Letters> pieces_of(const std::string& q) {
  std::vector<Letters> pieces{{}};
  for (const char32_t letter : to_letters(q)) {
    letter == U' ' ? void(pieces.emplace_back()) : pieces.back().push_back(letter);
  }
  return pieces;
}

/// One piece more, less, or another.
std::string changed(const std::string& q, const Pieces& pieces, Random& random) {
  std::vector<Letters> all = pieces_of(q);
  const auto at = all.begin() + static_cast<std::ptrdiff_t>(random.below(all.size()));
  switch (random.below(3)) {
    case 0:
      all.insert(at, pieces.piece(random));
      break;
    case 1:
      if (all.size() > 1) all.erase(at);
      break;
    default:
      *at = pieces.piece(random);
  }
  return to_utf8(joined(all));
}

std::string random_query(const Pieces& pieces, Random& random) {
  std::vector<Letters> all(1 + random.skewed(30));
  for (Letters& piece : all) piece = pieces.piece(random);
  return to_utf8(joined(all));
}

/// Keeps the slowest, each once, the slowest first.
void keep(std::vector<Slow>& worst, Slow found) {
  const auto before =
      std::find_if(worst.begin(), worst.end(), [&](const Slow& one) { return one.q == found.q; });
  if (before != worst.end()) return;
  worst.push_back(std::move(found));
  std::sort(worst.begin(), worst.end(), [](const Slow& a, const Slow& b) { return a.seconds > b.seconds; });
  if (worst.size() > kKept) worst.pop_back();
}

// The machine has hiccups: what a query takes is the median of some times.
double typical_seconds(const Snapshot& snapshot, const std::string& q) {
  std::array<double, 7> seconds{};
  for (double& one : seconds) one = seconds_of(snapshot, q);
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

}  // namespace

void find_worst(std::int64_t films, int seconds, std::uint64_t seed) {
  metadata::Catalogue catalogue;
  load_generated(catalogue, films);
  const auto snapshot = catalogue.snapshot();
  Random random(seed);
  const Pieces pieces(films, random);
  std::vector<Slow> worst;
  std::size_t tried = 0;
  for (const Stopwatch whole; whole.seconds() < seconds; ++tried) {
    const bool is_new = worst.empty() || random.chance(50);
    const std::string q =
        is_new ? random_query(pieces, random) : changed(random.pick(worst).q, pieces, random);
    const double once = seconds_of(*snapshot, q);
    if (worst.size() == kKept && once <= worst.back().seconds) continue;
    keep(worst, {typical_seconds(*snapshot, q), q});
  }
  print_value("queries tried", static_cast<double>(tried), "");
  for (const Slow& slow : worst) {
    std::cout << boost::json::serialize(boost::json::object{{"ms", slow.seconds * 1e3}, {"q", slow.q}})
              << std::endl;
  }
}

}  // namespace filmoteka::bench
