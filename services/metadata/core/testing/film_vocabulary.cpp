#include <metadata/core/testing/film_vocabulary.hpp>

namespace filmoteka::metadata::testing {
namespace {

constexpr std::string_view kMasculine =
    "дом человек город день друг брат сын отец путь мир ангел остров снег поезд берег лес экипаж свидетель "
    "ветер "
    "праздник сон мост солдат доктор король самолёт рассвет океан огонь вокзал учитель дождь апрель маяк "
    "архив "
    "сыщик капитан охотник волк герой долг закон побег след враг клад театр цирк рейс патруль полёт шторм "
    "лабиринт зов голос танец роман жених муж гость сосед адвокат художник пианист водитель странник пёс кот";
constexpr std::string_view kFeminine =
    "любовь ночь жизнь война звезда тень дорога тайна игра девушка женщина мама сестра дочь река зима весна "
    "осень свадьба месть судьба охота история смерть память школа принцесса королева граница крепость "
    "невеста "
    "ошибка погоня свобода надежда правда улица буря земля вода сказка песня мечта встреча музыка операция "
    "ловушка банда бездна комната гостья цена планета семья волчица снегурочка площадь квартира гроза";
constexpr std::string_view kNeuter =
    "лето небо море сердце солнце время дело письмо зеркало счастье убийство детство путешествие молчание "
    "королевство проклятие окно озеро поле приключение золото серебро кольцо лекарство возвращение "
    "наследство "
    "ограбление безумие чудо утро";
constexpr std::string_view kAdjectives =
    "нов бел чёрн красн стар перв мёртв железн тёмн северн лунн вечн забыт весёл опасн потерянн страшн снежн "
    "бешен "
    "невидим сказочн холодн открыт запретн волшебн безымянн бессмертн солнечн зелён мудр храбр верн крут "
    "смел "
    "счастлив печальн туманн серебрян каменн подводн";
constexpr std::string_view kRussianPlaces =
    "на берегу|в Москве|без памяти|после дождя|под прикрытием|из прошлого|в Париже|на краю света|с того "
    "света|"
    "в большом городе|навсегда|по вызову|на продажу|без правил|из Рио|в снегу|до востребования|за кадром|"
    "на двоих|по соседству|в темноте|на Марсе|без границ|из Сибири|на полпути|в огне|через океан|у моря";
constexpr std::string_view kEnglishNouns =
    "Man Love Girl Night Woman Lady Life Men House Trail West Kid Law City Heart Story World Home Women Time "
    "Wife "
    "King Day Way Street Death Sea Murder Boy Town Road Girls Island War Blood Gold Money Gun Romance Hell "
    "Valley "
    "Song Star Moon Mystery River Son Devil Trouble Desert Ghost Baby Bride Christmas Rose Kiss Daughter "
    "Country "
    "Fire Family Game Eyes Paradise Jungle Phantom Youth Danger Dawn Terror Angel Adventure Heaven Cowboy "
    "Party "
    "Mountain Wolf Sky Honor Dance Rider Hour Marriage Case Hills Dog Land Chance Stranger Escape Soul Queen "
    "Border Summer Frontier End Crime Thunder Affair Guns Justice Dream Face Fear Winter Garden Train Storm "
    "Empire Soldier Hunter Bridge Shadow Window Letter Mirror Harbor Highway Kingdom Secret Café Spider-Man";
constexpr std::string_view kEnglishAdjectives =
    "Little Big Last Black Wild Great New Red White Old Dark Secret High American Young Dead Lost Bad "
    "Fighting "
    "Blue Good Dangerous Hot First Golden Lone Strange Green Double Silver Mad Sweet Private Perfect Broken "
    "Silent Deadly Hidden Crazy Iron Long Quiet Cold Final Invisible Forbidden Royal";
constexpr std::string_view kEnglishPlaces =
    "in the West|from Hell|in Love|of the North|on Fire|in Paris|at Midnight|of the Dead|to Remember|in New "
    "York|"
    "from Texas|on Broadway|of Arizona|in the Dark|at Sea|of the Range|in Hollywood|at the Door|from Beyond|"
    "of the Jungle|without Honor|on the Run|in the Rain|at Large|of Africa|from Outer Space";
constexpr std::string_view kRussianSyllables =
    "ка ра ве ло ми та не сто ра бе го ли са до ку ма зо ри ша ле пе ту но ви ба гра зи де мо ло фе ни про "
    "ру "
    "са жа ки бо ча хо";
constexpr std::string_view kEnglishSyllables =
    "ka ra ve lo mi ta ne sto re be go li sa do cu ma zo ri sha le pe tu no vi ba gra zi de mo lu fe ni pro "
    "ru "
    "qua ja ki bo cha ho";
constexpr std::string_view kFirstNames =
    "Александр Мария John Анна James Иван Елена Robert Сергей Mary Ольга William Наталья Дмитрий Michael "
    "Татьяна "
    "David Андрей Алексей Paul Екатерина George Владимир Анастасия Charles Светлана Николай Elizabeth Ирина "
    "Thomas Юлия Максим Richard Михаил Peter Евгений Anna Кирилл Jane Павел Emma Игорь Sophie Олег Jack Вера "
    "Виктор Helen Константин Marie Юрий Alice Роман Daniel Полина Edward Дарья Frank Ксения Harry Лев Grace "
    "Пётр Laura Борис Lucy Фёдор Rose Нина Walter Зоя Oscar Степан Clara Тимур Elena Глеб Antonio Яна "
    "Hiroshi";
constexpr std::string_view kRussianSurnameFirst =
    "Иван Смирн Кузнец Петр Сокол Михайл Новик Фёдор Мороз Волк Алексе Лебед Семён Егор Павл Козл Степан "
    "Никола "
    "Орл Андре Макар Никит Захар Зайц Соловь Борис Яковл Григор Роман Воробь Сергее Кузьм Фрол Александр "
    "Дмитри "
    "Королё Гус Киселё Ильин Максим Поляк Сорок Виноград Ковал Бел Медвед Антон Тарас Жук Баран Филипп Комар "
    "Давыд Берёзк Осип Лукьян Черн Шевч Бондар Ткач Гонч Мельн Кравц Савч Литв Рудн Стрельц Вишн Заречн Дубр";
constexpr std::string_view kRussianSurnameSecond = "ов ин ский енко ев ук ович ян ец идзе";
constexpr std::string_view kEnglishSurnameFirst =
    "Smi Will John Brad Hart Wood Ash Black Green Mill Stan Win Red White Brook Hamil Ed Al Car Pres Har Mor "
    "Wal "
    "Clif Lang Rad Hol Rich Ward Shel Thorn Lock Hay Fair Good Stock Bar Den Nor Ells Kings Whit Bur Mar "
    "Sand "
    "Wil Pat Gar Crom Bent Lin Chat Hunt Row Spen Tal Wake Bern Gold Rosen Schnei Gon Rodri Mar Ferr Taka "
    "Yama";
constexpr std::string_view kEnglishSurnameSecond =
    "ton son ley wood field ford man well ham worth more burn stone by ridge ell ings der zález moto";
constexpr std::string_view kTownFirst =
    "Ново Красно Бело Верхне Старо Мало Камне Зелено Черно Велико Нижне Боро Влади Свято Звени Лесо Сосно "
    "Светло";
constexpr std::string_view kTownSecond =
    "горск реченск озёрск славль град полье донск вка морск камск бор холмск";

// Genre by genre: how many films of a hundred thousand have it.
constexpr Weighted kGenres[] = {
    {"драма", 33'000},   {"комедия", 21'000},   {"документальный", 11'000}, {"короткометражка", 9'500},
    {"триллер", 9'000},  {"мелодрама", 8'800},  {"боевик", 7'900},          {"ужасы", 7'000},
    {"криминал", 6'200}, {"Drama", 5'600},      {"приключения", 4'900},     {"семейный", 4'300},
    {"Comedy", 4'200},   {"фантастика", 3'900}, {"мультфильм", 3'700},      {"детектив", 3'400},
    {"фэнтези", 3'000},  {"Silent", 2'800},     {"биография", 2'500},       {"военный", 2'300},
    {"история", 2'200},  {"музыка", 2'100},     {"вестерн", 1'800},         {"Action", 900},
    {"мюзикл", 1'500},   {"аниме", 1'200},      {"спорт", 1'100},           {"Horror", 700},
    {"Sci-Fi", 470},     {"фильм-нуар", 420},   {"Romance", 1'100},         {"Short", 410},
    {"супергерои", 260}, {"слэшер", 220},       {"боевые искусства", 110},  {"катастрофа", 85},
    {"перформанс", 40},  {"танец", 34},         {"найденная плёнка", 25},   {"немой вестерн", 9}};
constexpr Weighted kCountries[] = {
    {"США", 300},     {"Россия", 120}, {"Индия", 90},       {"Франция", 80},   {"Великобритания", 75},
    {"Германия", 60}, {"Япония", 60},  {"Италия", 55},      {"СССР", 45},      {"Испания", 40},
    {"Канада", 38},   {"Китай", 30},   {"Южная Корея", 25}, {"Турция", 22},    {"Бразилия", 20},
    {"Мексика", 20},  {"Гонконг", 18}, {"Швеция", 16},      {"Аргентина", 14}, {"Польша", 12},
    {"Дания", 9},     {"Иран", 8},     {"Украина", 7},      {"Казахстан", 5},  {"Грузия", 4},
    {"Исландия", 2},  {"Монголия", 1}};
constexpr Weighted kSources[] = {
    {"rutube-films", 55}, {"open-catalogue", 30}, {"wikipedia-movies", 12}, {"starter", 3}};

// Films of a year, in shares that are straight lines between these years.
struct YearWeight {
  std::int32_t year;
  std::int32_t weight;
};
constexpr YearWeight kYears[] = {{1894, 1},     {1905, 12},    {1913, 100},   {1920, 90},    {1929, 130},
                                 {1932, 160},   {1943, 130},   {1950, 190},   {1960, 280},   {1970, 380},
                                 {1980, 450},   {1990, 560},   {2000, 850},   {2008, 1'700}, {2015, 2'700},
                                 {2019, 2'900}, {2020, 2'300}, {2024, 2'600}, {2026, 600}};
constexpr std::size_t kYearCount = std::size_t{2026} - 1894 + 1;

constexpr std::int32_t kFeatureSeconds[] = {2'400, 4'300, 4'900, 5'160, 5'340, 5'460, 5'580,
                                            5'700, 5'820, 6'000, 6'180, 6'360, 6'540, 6'780,
                                            7'020, 7'260, 7'560, 8'040, 8'880, 12'600};
constexpr std::int32_t kShortSeconds[] = {60, 240, 420, 600, 720, 900, 1'140, 1'500, 2'400};
constexpr std::int32_t kRatings[] = {10, 33, 43, 48, 52, 55, 57, 59, 61, 63,
                                     64, 66, 67, 69, 71, 73, 75, 78, 82, 98};
constexpr std::int32_t kDescriptionWords[] = {4, 14, 20, 24, 28, 31, 34, 38, 44, 55, 130};

template <std::size_t N>
struct Table {
  std::array<std::string_view, N> texts{};
  std::array<std::uint32_t, N> upto{};
  std::array<std::uint8_t, Choice::kGuides> guides{};
  constexpr Choice choice() const { return {texts, upto, guides}; }
};

// `weights` in `upto` become sums up to 2^24.
template <std::size_t N>
consteval Table<N> finished(Table<N> table) {
  std::uint64_t sum = 0;
  for (const std::uint32_t weight : table.upto) sum += weight;
  std::uint64_t so_far = 0;
  for (std::uint32_t& upto : table.upto) {
    so_far += upto;
    upto = static_cast<std::uint32_t>((so_far << Choice::kPointBits) / sum);
  }
  std::uint8_t choice = 0;
  for (std::size_t i = 0; i < Choice::kGuides; ++i) {
    while (table.upto[choice] <= i << (Choice::kPointBits - 8)) ++choice;
    table.guides[i] = choice;
  }
  return table;
}

consteval std::size_t parts_of(std::string_view text, char separator) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), separator)) + 1;
}

// Zipf-Mandelbrot: the word of rank r has a share of 1 / (r + 8), as in the titles of a real list.
template <std::size_t N>
consteval Table<N> ranked(std::string_view text, char separator) {
  constexpr std::uint32_t kScale = 1'000'000;
  Table<N> table;
  for (std::size_t i = 0; i < N; ++i) {
    const std::size_t end = std::min(text.find(separator), text.size());
    table.texts[i] = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    table.upto[i] = kScale / static_cast<std::uint32_t>(i + 9);
  }
  return finished(table);
}

template <std::size_t N>
consteval Table<N> weighted(const Weighted (&choices)[N]) {
  Table<N> table;
  for (std::size_t i = 0; i < N; ++i) {
    table.texts[i] = choices[i].text;
    table.upto[i] = choices[i].weight;
  }
  return finished(table);
}

consteval std::array<std::uint32_t, kYearCount> year_sums() {
  std::array<std::uint32_t, kYearCount> upto{};
  std::uint32_t sum = 0;
  std::size_t next = 1;
  for (std::size_t i = 0; i < kYearCount; ++i) {
    const std::int32_t year = kYears[0].year + static_cast<std::int32_t>(i);
    while (kYears[next].year < year) ++next;
    const YearWeight a = kYears[next - 1];
    const YearWeight b = kYears[next];
    sum += static_cast<std::uint32_t>(a.weight + (b.weight - a.weight) * (year - a.year) / (b.year - a.year));
    upto[i] = sum;
  }
  return upto;
}

template <const std::string_view& Text, char Separator = ' '>
constexpr auto kRanked = ranked<parts_of(Text, Separator)>(Text, Separator);

constexpr auto kGenreTable = weighted(kGenres);
constexpr auto kCountryTable = weighted(kCountries);
constexpr auto kSourceTable = weighted(kSources);
constexpr auto kYearSums = year_sums();

}  // namespace

Choice russian_nouns(Gender gender) {
  if (gender == Gender::kMasculine) return kRanked<kMasculine>.choice();
  return gender == Gender::kFeminine ? kRanked<kFeminine>.choice() : kRanked<kNeuter>.choice();
}
Choice russian_adjectives() {
  return kRanked<kAdjectives>.choice();
}
std::string_view ending(Gender gender) {
  if (gender == Gender::kMasculine) return "ый";
  return gender == Gender::kFeminine ? "ая" : "ое";
}
Choice russian_places() {
  return kRanked<kRussianPlaces, '|'>.choice();
}
Choice english_nouns() {
  return kRanked<kEnglishNouns>.choice();
}
Choice english_adjectives() {
  return kRanked<kEnglishAdjectives>.choice();
}
Choice english_places() {
  return kRanked<kEnglishPlaces, '|'>.choice();
}
Choice russian_syllables() {
  return kRanked<kRussianSyllables>.choice();
}
Choice english_syllables() {
  return kRanked<kEnglishSyllables>.choice();
}
Choice first_names() {
  return kRanked<kFirstNames>.choice();
}
Halves russian_surnames() {
  return {kRanked<kRussianSurnameFirst>.choice(), kRanked<kRussianSurnameSecond>.choice()};
}
Halves english_surnames() {
  return {kRanked<kEnglishSurnameFirst>.choice(), kRanked<kEnglishSurnameSecond>.choice()};
}
Halves russian_towns() {
  return {kRanked<kTownFirst>.choice(), kRanked<kTownSecond>.choice()};
}
Choice genres() {
  return kGenreTable.choice();
}
bool has_its_time(std::string_view genre, std::int32_t year) {
  constexpr std::int32_t kSoundFrom = 1930;
  constexpr std::int32_t kAnimeFrom = 1960;
  if (genre == "Silent" || genre == "немой вестерн") return year < kSoundFrom;
  return genre != "аниме" || year >= kAnimeFrom;
}
Choice countries() {
  return kCountryTable.choice();
}
Choice sources() {
  return kSourceTable.choice();
}
std::int32_t pick_year(Random& random) {
  const auto point = static_cast<std::uint32_t>(random.below(kYearSums.back()));
  const auto found = std::upper_bound(kYearSums.begin(), kYearSums.end(), point);
  return kYears[0].year + static_cast<std::int32_t>(found - kYearSums.begin());
}
Quantiles feature_seconds() {
  return Quantiles(kFeatureSeconds);
}
Quantiles short_seconds() {
  return Quantiles(kShortSeconds);
}
Quantiles ratings() {
  return Quantiles(kRatings);
}
Quantiles description_words() {
  return Quantiles(kDescriptionWords);
}

}  // namespace filmoteka::metadata::testing
