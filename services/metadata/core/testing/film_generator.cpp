#include <metadata/core/testing/film_generator.hpp>
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

constexpr std::string_view kRussianAdjectives[] = {"Белый",  "Чёрный",   "Последний", "Тихий",   "Старый",
                                                   "Зимний", "Весёлый",  "Далёкий",   "Красный", "Вечный",
                                                   "Первый", "Северный", "Золотой",   "Ночной",  "Забытый",
                                                   "Новый",  "Синий",    "Лунный",    "Живой",   "Тёмный"};
constexpr std::string_view kRussianNouns[] = {
    "дом",      "остров", "снег",  "поезд",   "берег",  "город",   "лес",     "экипаж", "свидетель", "ветер",
    "праздник", "сон",    "мост",  "солдат",  "доктор", "король",  "самолёт", "ангел",  "рассвет",   "океан",
    "брат",     "друг",   "огонь", "человек", "вокзал", "учитель", "дождь",   "апрель", "маяк",      "архив"};
constexpr std::string_view kEnglishAdjectives[] = {"The Last", "A Quiet", "Dark",       "The Lost",
                                                   "Little",   "Golden",  "Wild",       "The Long",
                                                   "Blue",     "Silent",  "The Secret", "Iron"};
constexpr std::string_view kEnglishNouns[] = {"River", "Summer",     "Hunter",  "Night",  "Garden",
                                              "Train", "Spider-Man", "Café",    "Island", "Heart",
                                              "Storm", "Empire",     "Soldier", "Winter"};
constexpr std::string_view kGenres[] = {
    "драма",           "комедия",    "боевик",     "триллер",        "мелодрама", "ужасы",     "приключения",
    "фантастика",      "детектив",   "семейный",   "фэнтези",        "криминал",  "биография", "военный",
    "история",         "мультфильм", "музыка",     "документальный", "вестерн",   "спорт",     "мюзикл",
    "короткометражка", "аниме",      "фильм-нуар", "Drama",          "Comedy",    "Action",    "Sci-Fi",
    "Horror",          "Romance",    "Short",      "Silent"};
// The same genre in several spellings, and ones that folding nearly destroys.
constexpr std::string_view kCrowdedGenres[] = {"драма",  "Драма",          "ДРАМА",          "Sci-Fi",
                                               "sci fi", "Чёрная комедия", "черная комедия", "***",
                                               "18+",    "семейный"};
constexpr std::string_view kCrowdedTitles[] = {
    "Ёлки", "Елки", "елки 2",          "Ёлки 10", "The Café",
    "Cafe", "Брат", "Брат и брат",     "Брат 2",  "Старый дом брата",
    "…!",   "1+1",  "Mother & Brother"};
constexpr std::string_view kNames[] = {"Анна Смирнова", "Иван Петров", "Мария Кузнецова", "Олег Соколов",
                                       "John Smith",    "Jane Miller", "Пётр Волков",     "Elena Rossi"};
constexpr std::string_view kCountries[] = {"Россия", "США", "Франция", "СССР", "Италия", "Индия", "Япония"};
constexpr std::string_view kSources[] = {"rutube-films", "starter", "wikipedia-movies", "open-catalogue"};
constexpr std::int32_t kAges[] = {0, 6, 12, 16, 18};

std::string sentence(Random& random, std::size_t words) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    if (i > 0) text += ' ';
    text += i % 2 == 0 ? random.pick(kRussianAdjectives) : random.pick(kRussianNouns);
  }
  return text + ".";
}

std::string russian_title(Random& random) {
  std::string title(random.pick(kRussianAdjectives));
  title += ' ';
  title += random.pick(kRussianNouns);
  if (random.chance(40)) title.append(" и ").append(random.pick(kRussianNouns));
  if (random.chance(60)) title.append(": ").append(sentence(random, 1 + random.skewed(3)));
  if (random.chance(15)) title.append(" ").append(std::to_string(random.between(2, 12)));
  return title;
}

std::string english_title(Random& random) {
  std::string title(random.pick(kEnglishAdjectives));
  title += ' ';
  title += random.pick(kEnglishNouns);
  if (random.chance(50)) title.append(" of the ").append(random.pick(kEnglishNouns));
  if (random.chance(50)) title.append(" ").append(std::to_string(random.between(1, 5'000)));
  return title;
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

domain::MovieFacts realistic(Random& random, domain::MovieId id) {
  domain::MovieFacts facts;
  const std::string number = std::to_string(id);
  facts.title = random.chance(65) ? russian_title(random) : english_title(random);
  if (random.chance(45)) facts.original_title = english_title(random);
  facts.year = maybe(random, 96, 2026 - static_cast<std::int64_t>(random.skewed(128)));
  facts.image_url = "https://images.example.org/posters/" + number + "/large.webp";
  facts.thumbnail_url = "https://images.example.org/posters/" + number + "/small.webp";
  facts.views = static_cast<std::int64_t>(random.skewed(20'000'000));
  facts.source = kSources[random.skewed(std::size(kSources))];
  facts.source_id = "film-" + number;
  facts.source_url = "https://films.example.org/video/" + number + "/";
  facts.duration_seconds = maybe(random, 92, random.between(50, 200) * 60 + random.between(0, 59));
  facts.description = sentence(random, 20 + random.below(20));
  facts.genres = some_of(random, kGenres, 4);
  facts.rating = maybe(random, 75, (random.below(101) + random.below(101)) / 2);
  facts.age_rating = maybe(random, 60, random.pick(kAges));
  facts.countries = some_of(random, kCountries, 2);
  facts.cast = some_of(random, kNames, 6);
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
  facts.source = random.pick(kSources);
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
