#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/film_vocabulary.hpp>
#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

// The same genre in several spellings, and ones that folding nearly destroys.
constexpr std::string_view kCrowdedGenres[] = {"драма",  "Драма",          "ДРАМА",          "Sci-Fi",
                                               "sci fi", "Чёрная комедия", "черная комедия", "***",
                                               "18+",    "семейный"};
constexpr std::string_view kCrowdedTitles[] = {
    "Ёлки", "Елки", "елки 2",          "Ёлки 10", "The Café",
    "Cafe", "Брат", "Брат и брат",     "Брат 2",  "Старый дом брата",
    "…!",   "1+1",  "Mother & Brother"};
constexpr std::string_view kCrowdedSources[] = {"rutube-films", "starter", "wikipedia-movies",
                                                "open-catalogue"};
constexpr unsigned kUncommon = 68;       ///< in a hundred nouns
constexpr unsigned kUncommonAlone = 94;  ///< where the noun is all of the title
constexpr std::int32_t kAges[] = {0, 6, 12, 16, 18};

std::string of_halves(Random& random, const Halves& halves) {
  std::string name(halves.first.pick(random));
  return name.append(halves.second.pick(random));
}

Gender any_gender(Random& random) {
  return static_cast<Gender>(random.below(3));
}

// "красн" + "ый" with a capital letter: both lower case Cyrillic, so the first letter changes by its code.
void append_capitalised(std::string& text, std::string_view word) {
  constexpr std::string_view kLower = "абвгдеёжзийклмнопрстуфхцчшщэюя";
  constexpr std::string_view kUpper = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ";
  const std::size_t at = kLower.find(word.substr(0, 2));
  text.append(at == std::string_view::npos ? word.substr(0, 2) : kUpper.substr(at, 2)).append(word.substr(2));
}

// Names, places and rare words: a third of the words of real titles stand in few titles each.
void append_uncommon(Random& random, std::string& text, const Choice& syllables) {
  for (std::size_t left = 2 + (random.chance(85) ? 1U : 0U); left > 0; --left)
    text.append(syllables.pick(random));
}

void append_russian_noun(Random& random, std::string& text, Gender gender, unsigned uncommon = kUncommon) {
  if (random.chance(uncommon)) {
    append_uncommon(random, text, russian_syllables());
  } else {
    text.append(russian_nouns(gender).pick(random));
  }
}

void append_english_noun(Random& random, std::string& text, unsigned uncommon = kUncommon) {
  if (random.chance(uncommon)) {
    std::string word;
    append_uncommon(random, word, english_syllables());
    word.front() = static_cast<char>(word.front() - 'a' + 'A');
    text.append(word);
  } else {
    text.append(english_nouns().pick(random));
  }
}

void append_person(Random& random, std::string& text) {
  const bool is_russian = random.chance(55);
  text.append(first_names().pick(random)).append(" ");
  text.append(of_halves(random, is_russian ? russian_surnames() : english_surnames()));
}

void append_russian_phrase(Random& random, std::string& title) {
  const Gender gender = any_gender(random);
  if (random.chance(65)) {
    append_capitalised(title, russian_adjectives().pick(random));
    append_russian_noun(random, title.append(ending(gender)).append(" "), gender);
  } else {
    std::string noun;
    append_russian_noun(random, noun, gender, kUncommonAlone);
    append_capitalised(title, noun);
  }
}

std::string russian_title(Random& random) {
  std::string title;
  const std::size_t form = random.below(100);
  if (form < 14) {
    append_person(random, title);
  } else if (form < 18) {
    title = of_halves(random, russian_towns());
  } else {
    append_russian_phrase(random, title);
    if (form < 30) append_russian_noun(random, title.append(" и "), any_gender(random));
    if (form >= 30 && form < 50) title.append(" ").append(russian_places().pick(random));
  }
  if (random.chance(33)) append_russian_phrase(random, title.append(": "));
  if (random.chance(7)) title.append(" ").append(std::to_string(2 + random.skewed(9)));
  return title;
}

std::string english_title(Random& random) {
  std::string title;
  const std::size_t form = random.below(100);
  if (form < 10) {
    append_person(random, title);
  } else {
    if (form < 50) title = form < 42 ? "The " : "A ";
    const bool has_adjective = form % 2 == 0;
    if (has_adjective) title.append(english_adjectives().pick(random)).append(" ");
    append_english_noun(random, title, has_adjective || form < 30 || form >= 60 ? kUncommon : kUncommonAlone);
    if (form >= 80) append_english_noun(random, title.append(" and "));
    if (form < 30) append_english_noun(random, title.append(" of the "));
    if (form >= 60 && form < 80) title.append(" ").append(english_places().pick(random));
    if (form >= 50 && form < 60) title.append(" of ").append(of_halves(random, english_surnames()));
  }
  if (random.chance(6)) title.append(" ").append(std::to_string(2 + random.skewed(9)));
  return title;
}

std::string description(Random& random, std::int32_t words) {
  constexpr std::int32_t kSentence = 12;
  std::string text;
  text.reserve(static_cast<std::size_t>(words) * 14);
  for (std::int32_t i = 0; i < words; ++i) {
    const Gender gender = any_gender(random);
    const bool begins = i % kSentence == 0;
    if (begins) {
      if (i > 0) text += ". ";
      append_russian_phrase(random, text);
      continue;
    }
    text += i % 5 == 4 ? ", " : " ";
    if (i % 3 == 1) {
      text.append(russian_adjectives().pick(random)).append(ending(gender));
    } else {
      text.append(i % 7 == 3 ? russian_places().pick(random) : russian_nouns(gender).pick(random));
    }
  }
  return text + ".";
}

std::vector<std::string> genres_of(Random& random, const std::optional<std::int32_t>& year) {
  std::vector<std::string> some;
  const std::size_t roll = random.below(100);
  const std::size_t wanted = roll < 3 ? 0 : roll < 42 ? 1 : roll < 84 ? 2 : roll < 97 ? 3 : 4;
  for (std::size_t tries = 0; some.size() < wanted && tries < 12; ++tries) {
    const std::string_view name = genres().pick(random);
    const bool fits = !year || has_its_time(name, *year);
    if (fits && std::find(some.begin(), some.end(), name) == some.end()) some.emplace_back(name);
  }
  return some;
}

std::vector<std::string> countries_of(Random& random) {
  std::vector<std::string> some;
  for (std::size_t left = 1 + random.skewed(3); left > 0 && !random.chance(5); --left) {
    const std::string_view name = countries().pick(random);
    if (std::find(some.begin(), some.end(), name) == some.end()) some.emplace_back(name);
  }
  return some;
}

// Person 0 has played in the most films.
std::vector<std::string> cast_of(Random& random) {
  constexpr std::size_t kPersons = 400'000;
  constexpr std::size_t kMost = 9;
  std::vector<std::string> some;
  for (std::size_t left = random.below(kMost) / 2 + random.skewed(kMost); left > 0; --left) {
    Random person(0x9e1f'0000U + random.skewed(kPersons));
    std::string name;
    append_person(person, name);
    if (std::find(some.begin(), some.end(), name) == some.end()) some.push_back(std::move(name));
  }
  return some;
}

// Every further doubling is half as likely again, up to some thirty million: most films are seen by few.
std::int64_t views_of(Random& random) {
  unsigned power = 7;
  while (power < 24 && random.chance(72)) ++power;
  return (std::int64_t{1} << power) - 128 + static_cast<std::int64_t>(random.below(std::size_t{1} << power));
}

template <class Names>
std::vector<std::string> some_of(Random& random, const Names& names, std::size_t most) {
  std::vector<std::string> some;
  for (std::size_t left = random.below(most + 1); left > 0; --left) {
    const std::string_view name =
        *(std::begin(names) + static_cast<std::ptrdiff_t>(random.skewed(std::size(names))));
    if (std::find(some.begin(), some.end(), name) == some.end()) some.emplace_back(name);
  }
  return some;
}

template <class Number>
std::optional<std::int32_t> maybe(Random& random, unsigned percent, Number value) {
  return random.chance(percent) ? std::optional(static_cast<std::int32_t>(value)) : std::nullopt;
}

std::string image(const std::string& number, std::string_view size) {
  std::string url = "https://images.example.org/posters/";
  return url.append(number).append("/").append(size).append(".webp");
}

domain::MovieFacts realistic(Random& random, domain::MovieId id) {
  domain::MovieFacts facts;
  const std::string number = std::to_string(id);
  const bool is_foreign = random.chance(45);
  facts.title = random.chance(65) ? russian_title(random) : english_title(random);
  if (is_foreign) facts.original_title = english_title(random);
  if (random.chance(97)) facts.year = pick_year(random);
  if (random.chance(88)) {
    facts.image_url = image(number, "large");
    facts.thumbnail_url = image(number, "small");
  }
  facts.views = views_of(random);
  facts.source = sources().pick(random);
  facts.source_id = "film-" + number;
  facts.source_url = "https://films.example.org/video/" + number + "/";
  facts.genres = genres_of(random, facts.year);
  const auto has = [&facts](std::string_view genre) {
    return std::find(facts.genres.begin(), facts.genres.end(), genre) != facts.genres.end();
  };
  const bool is_short = has("короткометражка") || has("Short");
  if (random.chance(90))
    facts.duration_seconds = (is_short ? short_seconds() : feature_seconds()).pick(random);
  if (random.chance(90)) facts.description = description(random, description_words().pick(random));
  if (random.chance(72)) facts.rating = ratings().pick(random);
  facts.age_rating = maybe(random, 60, random.pick(kAges));
  facts.countries = countries_of(random);
  facts.cast = cast_of(random);
  facts.is_active = !random.chance(1);
  return facts;
}

domain::MovieFacts crowded(Random& random, domain::MovieId id) {
  domain::MovieFacts facts;
  facts.title = random.pick(kCrowdedTitles);
  if (random.chance(40)) facts.original_title = random.pick(kCrowdedTitles);
  facts.year = maybe(random, 80, random.between(1998, 2003));
  if (random.chance(50)) facts.image_url = "https://images.example.org/" + std::to_string(id);
  if (random.chance(20)) facts.thumbnail_url = "https://images.example.org/small/" + std::to_string(id);
  facts.views = random.between(0, 6);
  facts.source = random.pick(kCrowdedSources);
  facts.source_id = std::to_string(id);
  facts.duration_seconds = maybe(random, 70, random.between(1, 5));
  facts.genres = some_of(random, kCrowdedGenres, 3);
  facts.rating = maybe(random, 70, random.pick(std::initializer_list<int>{0, 1, 74, 75, 99, 100}));
  facts.age_rating = maybe(random, 60, random.pick(kAges));
  facts.is_active = !random.chance(20);
  return facts;
}

}  // namespace

domain::Movie FilmGenerator::film(domain::MovieId id, domain::Revision revision) const {
  Random random(seed_ ^
                Random(static_cast<std::uint64_t>(id) << 32 ^ static_cast<std::uint64_t>(revision)).next());
  constexpr Timestamp kFirst{milliseconds{1'000'000'000'000}};
  const bool is_crowded = mix_ == FilmMix::kCrowded;
  domain::Movie movie;
  movie.id = id;
  movie.facts = is_crowded ? crowded(random, id) : realistic(random, id);
  movie.local_views = static_cast<std::int64_t>(random.below(is_crowded ? 2 : 50));
  movie.added_at = is_crowded ? kFirst + days{random.between(0, 4)} + milliseconds{random.between(0, 1)}
                              : kFirst + milliseconds{random.between(0, 800'000'000'000)};
  movie.updated_at = movie.added_at + hours{random.between(0, 1'000)};
  movie.revision = revision;
  return movie;
}

}  // namespace filmoteka::metadata::testing
