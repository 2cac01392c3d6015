#include "fake_rutube_rows.hpp"

#include "fake_sites.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <cstdio>

namespace filmoteka::testing {

namespace json = boost::json;

namespace {

struct Classic {
  const char* title;
  int year;
};
constexpr std::array kClassics = {
    Classic{"Броненосец «Потёмкин»", 1925},
    Classic{"Человек с киноаппаратом", 1929},
    Classic{"Весёлые ребята", 1934},
    Classic{"Цирк", 1936},
    Classic{"Золушка", 1947},
    Classic{"Летят журавли", 1957},
    Classic{"Тихий Дон", 1958},
    Classic{"Баллада о солдате", 1959},
    Classic{"Человек-амфибия", 1961},
    Classic{"Иваново детство", 1962},
    Classic{"Я шагаю по Москве", 1963},
    Classic{"Гамлет", 1964},
    Classic{"Андрей Рублёв", 1966},
    Classic{"Кавказская пленница, или Новые приключения Шурика", 1966},
    Classic{"Бриллиантовая рука", 1968},
    Classic{"Белое солнце пустыни", 1969},
    Classic{"Солярис", 1972},
    Classic{"Иван Васильевич меняет профессию", 1973},
    Classic{"Зеркало", 1974},
    Classic{"Служебный роман", 1977},
    Classic{"Сталкер", 1979},
    Classic{"Москва слезам не верит", 1979},
    Classic{"Вокзал для двоих", 1982},
    Classic{"Иди и смотри", 1985},
    Classic{"Кин-дза-дза!", 1986},
    Classic{"Курьер", 1986},
    Classic{"1+1", 2011},
    Classic{"2012", 2009},
};
constexpr std::array kFirst = {
    "Дом",  "Остров",     "Последний поезд", "Тень", "Письмо", "Зимняя дорога", "Капитан",
    "Сад",  "Голос",      "Ночной рейс",     "Мост", "Соседи", "Река",          "Хранитель",
    "Свет", "Чужой город"};
constexpr std::array kSecond = {"у моря",      "без имени", "на севере",  "моего отца",   "за стеной",
                                "в тумане",    "и дождь",   "под снегом", "из стекла",    "на двоих",
                                "до рассвета", "напротив",  "с чердака",  "для Василисы", "из Кургана"};
constexpr std::array kOrdinals = {"", ". Возвращение", ". Начало", ". Другая сторона", ". Эпилог"};

std::string date_time(std::uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "20%02d-%02d-%02dT%02d:%02d:%02d", static_cast<int>(15 + number % 10),
                static_cast<int>(1 + number / 10 % 12), static_cast<int>(1 + number / 120 % 28),
                static_cast<int>(number / 3'360 % 24), static_cast<int>(number / 80'640 % 60),
                static_cast<int>(number / 4'838'400 % 60));
  return text;
}

std::string picture(const std::string& id) {
  return "https://pic.rtbcdn.ru/video/" + id.substr(0, 2) + "/" + id.substr(2, 2) + "/" + id + ".jpg";
}

/// What all videos have.
json::object video(const FakeFilm& film, std::size_t index, const std::string& base_url) {
  const std::string page = "https://rutube.ru/video/" + film.id + "/";
  json::object row{{"id", film.id},
                   {"track_id", static_cast<std::int64_t>(400'000'000 + index)},
                   {"title", film.title},
                   {"description", ""},
                   {"short_description", ""},
                   {"thumbnail_url", picture(film.id)},
                   {"picture_url", ""},
                   {"preview_url", nullptr},
                   {"video_url", page},
                   {"embed_url", "https://rutube.ru/play/embed/" + film.id},
                   {"duration", film.duration_seconds},
                   {"hits", film.hits},
                   {"created_ts", film.publication_ts},
                   {"publication_ts", film.publication_ts},
                   {"last_update_ts", film.publication_ts},
                   {"is_adult", false},
                   {"is_hidden", false},
                   {"is_deleted", false},
                   {"is_livestream", false},
                   {"is_paid", false},
                   {"product_id", index % 3 == 0 ? json::value(22) : json::value(nullptr)},
                   {"origin_type", "rtb"},
                   {"genres", base_url + "/api/metainfo/video/" + film.id + "/videogenre"},
                   {"hashtags", json::array{}}};
  row["author"] = json::object{{"id", 32'869'212}, {"name", "Смотри кино"}};
  row["category"] =
      json::object{{"id", 4}, {"category_url", "https://rutube.ru/video/category/4/"}, {"name", "Фильмы"}};
  row["pg_rating"] = json::object{{"age", static_cast<std::int64_t>(index % 2 == 0 ? 12 : 16)}, {"logo", ""}};
  if (index % 2 == 0) {
    row["action_reason"] = 0;
  } else {
    row["action_reason"] = json::object{{"id", 0}, {"name", ""}};
  }
  return row;
}

}  // namespace

std::uint64_t mixed(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = seed * 0x9E37'79B9'7F4A'7C15ull + (index + 1) * 0xBF58'476D'1CE4'E5B9ull;
  z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBull;
  return z ^ (z >> 31);
}

std::string video_id(std::uint64_t seed, std::uint64_t index) {
  char text[33];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(mixed(seed, 2 * index)),
                static_cast<unsigned long long>(mixed(seed, 2 * index + 1)));
  return text;
}

FakeFilm make_film(std::uint64_t seed, std::size_t index) {
  const auto chance = mixed(seed ^ 0xF11Aull, index);
  FakeFilm film;
  film.id = video_id(seed, index);
  if (index < kClassics.size()) {
    film.title = kClassics[index].title;
    film.year = kClassics[index].year;
  } else {
    auto number = index - kClassics.size();
    film.title = std::string(kFirst[number % kFirst.size()]) + " ";
    number /= kFirst.size();
    film.title += kSecond[number % kSecond.size()];
    number /= kSecond.size();
    film.title += kOrdinals[number % kOrdinals.size()];
    // Beyond 1,200 films the titles repeat, in other years: remakes.
    film.year = 1960 + static_cast<int>((index * 7 + number / kOrdinals.size()) % 64);
  }
  film.duration_seconds = 4'900 + static_cast<int>(chance % 5'000);
  film.hits = index % 50 == 3 ? 5'000'000'000 + static_cast<std::int64_t>(index)
                              : static_cast<std::int64_t>(chance >> 20 & 0xFF'FFFF);
  film.publication_ts = date_time(chance >> 8);
  return film;
}

json::object film_row(const FakeFilm& film, std::size_t index, const std::string& base_url) {
  auto row = video(film, index, base_url);
  std::string title = film.title + " (" + std::to_string(film.year) + ")";
  if (index % 5 == 1) title += "\t";
  if (index % 5 == 2) title += " ";
  row["title"] = title;
  row["description"] =
      "Фильм &laquo;" + film.title + "&raquo; &ndash; история на два вечера.\r\nСмотрите&nbsp;бесплатно.";
  return row;
}

json::object other_row(std::uint64_t seed, std::size_t index, const std::string& base_url) {
  auto film = make_film(seed, 1'000'000 + index);
  film.title = "Вечерний эфир";
  auto row = video(film, index, base_url);
  switch (index % 5) {
    case 0:
      row["title"] = "Дом у моря (2024) — Русский трейлер";
      row["duration"] = 54 + static_cast<std::int64_t>(index % 80);
      break;
    case 1:
      row["title"] = "Тихая улица, 2 сезон, " + std::to_string(index) + " серия";
      row["season"] = 2;
      row["episode"] = static_cast<std::int64_t>(index);
      row["is_serial"] = true;
      row["type"] = json::object{{"id", 2}, {"name", "episode"}, {"title", "Серия"}};
      break;
    case 2:
      row["is_livestream"] = true;
      row["duration"] = 0;
      break;
    case 3:
      row["is_hidden"] = true;
      break;
    default:
      row["is_deleted"] = true;
      break;
  }
  return row;
}

json::object card_row(const FakeFilm& film, std::size_t index, const std::string& base_url) {
  json::object card{{"id", static_cast<std::int64_t>(10'000 + index)},
                    {"name", film.title + " (" + std::to_string(film.year) + ")"},
                    {"description", "Карточка фильма &laquo;" + film.title + "&raquo;"},
                    {"type", json::object{{"id", 1}, {"name", "movie"}, {"title", "Фильм"}}},
                    {"original_title", ""},
                    {"age", index % 2 == 0 ? json::value("12+") : json::value(nullptr)},
                    {"picture", picture(film.id)},
                    {"icon", ""},
                    {"absolute_url", "https://rutube.ru/video/" + film.id + "/"},
                    {"content", base_url + "/api/metainfo/tv/" + std::to_string(10'000 + index) + "/video"},
                    {"year_start", std::to_string(film.year)},
                    {"genres", json::array{json::object{{"id", 1}, {"name", "драма"}}}}};
  return {{"id", static_cast<std::int64_t>(index)},
          {"content_type", json::object{{"id", 42}, {"app_label", "metainfo"}, {"model", "tv"}}},
          {"object_id", static_cast<std::int64_t>(10'000 + index)},
          {"object", std::move(card)},
          {"is_adult", false},
          {"last_updated_ts", film.publication_ts}};
}

json::object series_card(std::uint64_t seed, std::size_t index, const std::string& base_url) {
  auto row = card_row(make_film(seed, 2'000'000 + index), 5'000 + index, base_url);
  auto& card = row["object"].as_object();
  card["type"] = json::object{{"id", 3}, {"name", "series"}, {"title", "Сериал"}};
  card["absolute_url"] = "https://rutube.ru/metainfo/tv/" + std::to_string(15'000 + index) + "/";
  return row;
}

std::string rss_item(const FakeFilm& film) {
  const auto guid = json::serialize(json::object{{"video_id", film.id}, {"duration", film.duration_seconds}});
  return "<item><title>" + xml_escaped(film.title + " (" + std::to_string(film.year) + ")") +
         "</title><link>https://rutube.ru/video/" + film.id + "/</link><guid isPermaLink=\"false\">" +
         xml_escaped(guid) + "</guid><pubDate>Tue, 03 Sep 2024 04:05:58 +0000</pubDate></item>";
}

}  // namespace filmoteka::testing
