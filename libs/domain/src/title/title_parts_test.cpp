#include <filmoteka/domain/title_parts.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::domain {
namespace {

using testing::ElementsAre;

struct Case {
  const char* input;
  const char* title;
  const char* original = "";
  int year = 0;
};

void expect_films(std::initializer_list<Case> cases) {
  for (const Case& test : cases) {
    const TitleParts parts = split_title(test.input, {.latest_year = 2030, .season = {}, .episode = {}});
    EXPECT_EQ(parts.title, test.title) << test.input;
    EXPECT_EQ(parts.original_title.value_or(""), test.original) << test.input;
    EXPECT_EQ(parts.year.value_or(0), test.year) << test.input;
    EXPECT_EQ(to_string(parts.kind), "movie") << test.input;
  }
}

TEST(SplitTitle, finds_the_year_in_brackets_or_at_the_end) {
  expect_films({{"Солярис (1972)", "Солярис", "", 1972},
                {"Сталкер 1979", "Сталкер", "", 1979},
                {"Чужой 3 1992", "Чужой 3", "", 1992},
                {"Зеркало, 1974", "Зеркало", "", 1974},
                {"Дюна (фильм, 2021)", "Дюна", "", 2021},
                {"Крёстный отец (Фильм,1972)", "Крёстный отец", "", 1972},
                {"Нечто (США, 1982)", "Нечто", "", 1982},
                {"Брат 2 (2000 г.)", "Брат 2", "", 2000},
                {"Брат 2 2000 года", "Брат 2", "", 2000}});
}

TEST(SplitTitle, leaves_numbers_that_are_the_name) {
  expect_films({{"2012 (2009)", "2012", "", 2009},
                {"1984", "1984"},
                {"Бегущий по лезвию 2049", "Бегущий по лезвию 2049"},
                {"Бегущий по лезвию 2049 (2017)", "Бегущий по лезвию 2049", "", 2017},
                {"1+1 (2011)", "1+1", "", 2011},
                {"Форсаж 1 (2001)", "Форсаж 1", "", 2001},
                {"9 рота", "9 рота"}});
}

TEST(SplitTitle, tells_the_original_title_by_its_script) {
  expect_films({{"Чужой / Alien (1979)", "Чужой", "Alien", 1979},
                {"Чужой/ Alien (1979)", "Чужой", "Alien", 1979},
                {"Чужой /Alien (1979)", "Чужой", "Alien", 1979},
                {"Чужой/Alien (1979)", "Чужой", "Alien", 1979},
                {"Чужой | Alien 1979", "Чужой", "Alien", 1979},
                {"Чужой I Alien (1979)", "Чужой", "Alien", 1979},
                {"Чужой (фильм, 1979) Alien", "Чужой", "Alien", 1979},
                {"Чужой (Alien) 1979", "Чужой", "Alien", 1979},
                {"Alien / Чужой (1979)", "Чужой", "Alien", 1979},
                {"Доктор | Dr. No Jr. (1962)", "Доктор", "Dr. No Jr.", 1962},
                {"Властелин колец. Часть I: Начало 2001", "Властелин колец. Часть I: Начало", "", 2001},
                {"Круглые сутки 24/7 (2002)", "Круглые сутки 24/7", "", 2002}});
}

TEST(SplitTitle, keeps_other_names_apart) {
  const TitleParts parts = split_title("Побег. Часть 2 (2005) / Беглец 2 / The Escape: Again");
  EXPECT_EQ(parts.title, "Побег. Часть 2");
  EXPECT_EQ(parts.original_title, "The Escape: Again");
  EXPECT_THAT(parts.alternative_titles, ElementsAre("Беглец 2"));
  EXPECT_THAT(split_title("Убийство (Загадка озера) 2019").alternative_titles, ElementsAre("Загадка озера"));
}

TEST(SplitTitle, takes_tags_off_the_end) {
  const TitleParts parts = split_title("Солярис / Solaris (1972) HD смотреть онлайн в хорошем качестве");
  EXPECT_EQ(parts.title, "Солярис");
  EXPECT_EQ(parts.original_title, "Solaris");
  EXPECT_THAT(parts.tags, ElementsAre("HD"));
  EXPECT_THAT(split_title("Русалочка (мультфильм, 1989)").tags, ElementsAre("мультфильм"));
  EXPECT_THAT(split_title("Нечто (1982) [1080p] WEB-DL").tags, ElementsAre("1080p", "WEB-DL"));
  EXPECT_EQ(split_title("Нечто 1982 полный фильм").year, 1982);
}

TEST(SplitTitle, knows_trailers) {
  for (const char* text :
       {"Солярис / Solaris (1972) Дублированный трейлер", "Солярис [Трейлер]", "Солярис - тизер",
        "Солярис: русский трейлер 2 (1972)", "Solaris Official Trailer"}) {
    EXPECT_EQ(to_string(split_title(text).kind), "trailer") << text;
  }
  EXPECT_EQ(split_title("Солярис [Трейлер]").title, "Солярис");
  EXPECT_EQ(to_string(split_title("Trailer Park Boys: The Movie (2006)").kind), "movie");
}

struct EpisodeCase {
  const char* input;
  const char* title;
  int season;
  int episode;
};

TEST(SplitTitle, knows_episodes) {
  for (const EpisodeCase& test :
       std::initializer_list<EpisodeCase>{{"Маяк, 1 сезон, 8 серия (30.05.2019)", "Маяк", 1, 8},
                                          {"Маяк - сезон 2 серия 6 (сериал, 2026)", "Маяк", 2, 6},
                                          {"Маяк: Серия 11. Финал", "Маяк", 0, 11},
                                          {"Маяк | Выпуск 7, Сезон 1 | Эксклюзив 2077", "Маяк", 1, 7},
                                          {"Маяк. Выпуск №5 - гость 12", "Маяк", 0, 5},
                                          {"Маяк 2-й сезон 3-я серия «Буря»", "Маяк", 2, 3},
                                          {"Маяк S01E02 HD", "Маяк", 1, 2},
                                          {"ШОУ БАТТЛ 2019, 19 выпуск (31.05.2019)", "ШОУ БАТТЛ 2019", 0, 19},
                                          {"Маяк, серии 1-5", "Маяк", 0, 1},
                                          {"ВЫПУСК №4. СЕЗОН №2. Маяк", "Маяк", 2, 4}}) {
    const TitleParts parts = split_title(test.input);
    EXPECT_EQ(parts.title, test.title) << test.input;
    EXPECT_EQ(to_string(parts.kind), "episode") << test.input;
    EXPECT_EQ(parts.season.value_or(0), test.season) << test.input;
    EXPECT_EQ(parts.episode.value_or(0), test.episode) << test.input;
  }
}

TEST(SplitTitle, does_not_take_a_film_for_an_episode) {
  expect_films({{"Мёртвый сезон (1968)", "Мёртвый сезон", "", 1968},
                {"Сезон охоты 3 (2010)", "Сезон охоты 3", "", 2010},
                {"Эпизоды (2015)", "Эпизоды", "", 2015},
                {"Мстители: Финал (2019)", "Мстители: Финал", "", 2019}});
}

TEST(SplitTitle, keeps_the_show_names_of_an_episode) {
  const TitleParts parts = split_title("Маяк - 5 серия (2026) / Fyren");
  EXPECT_EQ(parts.title, "Маяк");
  EXPECT_EQ(parts.original_title, "Fyren");
  EXPECT_EQ(parts.year, 2026);
  EXPECT_THAT(split_title("Маяк 2 сезон 9 серия «Буря» финальная").tags,
              ElementsAre("финал", "название серии: Буря"));
  EXPECT_THAT(split_title("Маяк 5 серия озвучка studio77").tags, ElementsAre("озвучка studio77"));
}

TEST(SplitTitle, uses_what_the_source_knows_of_episodes) {
  TitleHints hints;
  hints.is_episode = true;
  hints.season = 17;
  hints.episode = 62;
  const TitleParts parts = split_title("Вокруг света: Аланья. Турция", hints);
  EXPECT_EQ(parts.title, "Вокруг света");
  EXPECT_EQ(parts.season, 17);
  EXPECT_EQ(parts.episode, 62);
  EXPECT_EQ(parts.kind, TitleKind::kEpisode);
}

TEST(SplitTitle, knows_series_and_talk_about_films) {
  EXPECT_EQ(split_title("Маяк (мини-сериал, 2020)").kind, TitleKind::kSeries);
  EXPECT_EQ(split_title("Маяк 2 сезон").kind, TitleKind::kSeries);
  EXPECT_EQ(split_title("Обзор фильма Солярис").kind, TitleKind::kOther);
  EXPECT_EQ(split_title("Солярис - саундтрек").kind, TitleKind::kOther);
}

TEST(SplitTitle, survives_anything) {
  for (const char* text : {"", " ", "()", "(((", "[2016", "/ | /", "(2016)", "2016", "HD", "Трейлер", "«",
                           "1 серия", "\xFF\xFE", "\x1F", "I", "сезон", "S E"}) {
    const TitleParts parts = split_title(text);
    EXPECT_EQ(parts.title.empty(), std::string_view(text).empty()) << text;
  }
  EXPECT_EQ(split_title("  Солярис \t").title, "Солярис");
  EXPECT_EQ(split_title("Сarrie (1976)").title, "Carrie");
}

}  // namespace
}  // namespace filmoteka::domain
