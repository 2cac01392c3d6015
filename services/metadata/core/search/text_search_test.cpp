/// The search as its users meet it, by example; naive_search and the property tests have the rest.
#include <filmoteka/base/utf8.hpp>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/search/highlight.hpp>
#include <metadata/core/testing/random.hpp>

#include <string>
#include <vector>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct Film {
  std::string title;
  std::int32_t year = 2000;
  std::string original = {};
  std::vector<std::string> cast = {};
  std::string description = {};
};

/// Film i of the list has id i + 1; the earlier ones are seen more. `merged`: in a segment, or in a delta.
class TextSearch : public ::testing::TestWithParam<bool> {
 protected:
  void enter(const std::vector<Film>& films) {
    std::vector<Change> changes;
    for (const Film& film : films) {
      domain::Movie movie;
      movie.id = movie.revision = ++last_;
      movie.facts.title = film.title;
      movie.facts.year = film.year;
      movie.facts.views = 1'000'000 - movie.id;
      if (!film.original.empty()) movie.facts.original_title = film.original;
      if (!film.description.empty()) movie.facts.description = film.description;
      movie.facts.cast = film.cast;
      changes.push_back({movie.id, movie.revision, movie});
    }
    catalogue_.apply(changes);
    if (GetParam()) catalogue_.merge();
  }
  json::object ask(const std::string& q, const QueryPairs& more = {}) {
    QueryPairs pairs{{"q", q}};
    pairs.insert(pairs.end(), more.begin(), more.end());
    const ListQuery query = parse_list_query(pairs).value();
    return json::parse(list_movies(*catalogue_.snapshot(), query).body).as_object();
  }
  std::vector<std::int64_t> ids(const std::string& q) {
    std::vector<std::int64_t> found;
    const json::object page = ask(q);
    for (const json::value& item : page.at("items").as_array()) {
      found.push_back(item.at("id").to_number<std::int64_t>());
    }
    return found;
  }
  /// "reason: q"; empty if nothing was corrected.
  std::string correction(const std::string& q) {
    const json::object page = ask(q);
    const json::value* corrections = page.if_contains("corrections");
    if (corrections == nullptr) return {};
    return json::value_to<std::string>(corrections->at("reason")) + ": " +
           json::value_to<std::string>(corrections->at("q"));
  }

  Catalogue catalogue_;
  domain::MovieId last_ = 0;
};

TEST_P(TextSearch, RanksByWhereTheWordsStand) {
  enter({{"О чём молчат девушки", 2000, "", {}, "Её брат вернулся."},
         {"Театр", 2000, "", {"Иван Брат"}},
         {"Братья", 2000},
         {"Мой брат", 2000},
         {"Брат 2", 2000},
         {"Брат", 2000}});
  EXPECT_THAT(ids("брат"), ElementsAre(6, 3, 5, 4, 2, 1));
  EXPECT_THAT(ids("БРАТ"), ElementsAre(6, 3, 5, 4, 2, 1));
  EXPECT_EQ(correction("брат"), "");
}

TEST_P(TextSearch, FindsOtherFormsOfWords) {
  enter({{"Друзья друзей"}, {"Любовь и голуби"}, {"Сёстры"}});
  EXPECT_THAT(ids("друг"), ElementsAre(1));
  EXPECT_THAT(ids("любви голубям"), ElementsAre(2));
  EXPECT_THAT(ids("сестра"), ElementsAre(3));
  EXPECT_EQ(correction("сестра"), "");
}

TEST_P(TextSearch, CorrectsTheKeyboardLayout) {
  enter({{"Привет"}, {"Avatar"}, {"Брат 2"}});
  EXPECT_THAT(ids("ghbdtn"), ElementsAre(1));
  EXPECT_EQ(correction("ghbdtn"), "keyboard_layout: привет");
  EXPECT_EQ(correction("фмфефк"), "keyboard_layout: avatar");
  EXPECT_EQ(correction(",hfn 2"), "keyboard_layout: брат 2");
}

TEST_P(TextSearch, CorrectsTheAlphabet) {
  enter({{"Брат 2"}, {"Batman"}});
  EXPECT_EQ(correction("brat 2"), "transliteration: брат 2");
  EXPECT_THAT(ids("бэтмен"), ElementsAre(2));
}

TEST_P(TextSearch, NeverChangesWhatHasAnAnswer) {
  enter({{"LG"}, {"ЛГ"}, {"Brat"}, {"Брат"}});
  EXPECT_THAT(ids("LG"), ElementsAre(1));
  EXPECT_THAT(ids("brat"), ElementsAre(3));
  EXPECT_EQ(correction("LG"), "");
}

TEST_P(TextSearch, CorrectsTypos) {
  enter({{"Матрица"}, {"Ирония судьбы"}, {"Терминатор"}});
  EXPECT_EQ(correction("матирца"), "typo: матрица");
  EXPECT_EQ(correction("натрица"), "typo: матрица");
  EXPECT_EQ(correction("ирония судбы"), "typo: ирония судьбы");
  EXPECT_EQ(correction("тирменатор"), "typo: терминатор");
  EXPECT_THAT(ids("дом"), IsEmpty());
}

TEST_P(TextSearch, CorrectsSpacesBetweenWords) {
  enter({{"Человек и паук", 2001}, {"Человек паук", 2002}, {"Spiderman", 2003}, {"Кин-дза-дза!", 1986}});
  EXPECT_EQ(correction("человекпаук"), "spacing: человек паук");
  EXPECT_EQ(ids("человекпаук").front(), 2);
  EXPECT_EQ(correction("spider man"), "spacing: spiderman");
  EXPECT_THAT(ids("киндзадза"), ElementsAre(4));
  EXPECT_EQ(correction("киндзадза"), "") << "a compound is also one word";
}

TEST_P(TextSearch, PutsTheYearThatWasAskedForFirst) {
  enter({{"Дюна", 2021}, {"Дюна", 1984}, {"2012", 2009}, {"Конец света 2012", 2010}, {"Санктум", 2012}});
  EXPECT_THAT(ids("дюна 1984"), ElementsAre(2, 1));
  EXPECT_THAT(ids("дюна 1985"), ElementsAre(2, 1)) << "the nearest year";
  EXPECT_THAT(ids("2012"), ElementsAre(3, 4)) << "alone it is a word";
}

TEST_P(TextSearch, StopWordsDoNotEmptyTheAnswer) {
  enter({{"Ирония судьбы"}, {"Matrix"}});
  EXPECT_EQ(correction("ирония в судьбы"), "dropped_words: ирония судьбы");
  EXPECT_EQ(correction("the matrix"), "dropped_words: matrix");
  EXPECT_EQ(correction("matrix смотреть онлайн"), "dropped_words: matrix");
}

TEST_P(TextSearch, FindsShortTitlesAndNumbers) {
  enter({{"Я, робот"}, {"Я"}, {"9"}, {"1+1"}, {"8½"}, {"Рокки 2"}, {"WALL·E"}});
  EXPECT_EQ(ids("я").front(), 2);
  EXPECT_EQ(ids("9").front(), 3);
  EXPECT_EQ(ids("1+1").front(), 4);
  EXPECT_EQ(ids("8 1/2").front(), 5);
  EXPECT_EQ(ids("рокки ii").front(), 6);
  EXPECT_EQ(ids("walle").front(), 7);
  EXPECT_EQ(ids("wall-e").front(), 7);
}

TEST_P(TextSearch, AnswersAnyUnicodeWithoutAnError) {
  enter({{"Кто?"}, {"👻"}});
  for (const std::string& q :
       std::vector<std::string>{"?!", "👻👻", "\u200F\u200B", "';DROP TABLE--", ".*[a-z]+(", "%_%",
                                std::string(200, 'q'), "\xD0\xBA\xD1\x82\xD0\xBE\u0301"}) {
    EXPECT_NO_THROW(ask(q)) << q;
  }
  EXPECT_THAT(ids("?!"), IsEmpty());
}

TEST_P(TextSearch, AnswersWhateverIsTyped) {
  enter({{"Матрица", 1999, "The Matrix"},
         {"Ирония судьбы", 1976},
         {"8½", 1963, "8½", {"Marcello Mastroianni"}}});
  constexpr char32_t kLetters[] = {U'м',      U'а',      U'т',      U'р',      U'i',          U'x',  U'M',
                                   U'8',      U'½',      U' ',      U'-',      U'\'',         U'"',  U'%',
                                   U'ё',      U'\u0301', U'\u200F', U'\u200B', U'\U0001F47B', U'漢', U'ß',
                                   U'\u0130', U'\u1E9E', U'№',      U',',      U'['};
  testing::Random random(17);
  for (int i = 0; i < 3'000; ++i) {
    std::string q;
    for (std::size_t left = 1 + random.skewed(200); left > 0; --left) append_utf8(q, random.pick(kLetters));
    const json::object page = ask(q);
    if (!page.contains("corrections")) continue;
    const std::string searched = json::value_to<std::string>(page.at("corrections").at("q"));
    const json::object again = ask(searched);
    ASSERT_FALSE(again.contains("corrections")) << q << " → " << searched;
    ASSERT_EQ(again.at("items"), page.at("items")) << q << " → " << searched;
  }
}

TEST_P(TextSearch, SaysWhichWordsAnswered) {
  enter({{"Старший брат", 2000, "Elder Brother"}});
  const auto highlight = [this](const std::string& q) {
    return json::serialize(ask(q).at("items").at(0).at("highlight"));
  };
  EXPECT_EQ(highlight("брат"), R"({"title":[[8,4]]})");
  EXPECT_EQ(highlight("братьями стар"), R"({"title":[[0,7],[8,4]]})");
  EXPECT_EQ(highlight("brother"), R"({"original_title":[[6,7]]})");
}

TEST_P(TextSearch, ExplainsWhyAFilmWasFound) {
  enter({{"Старший брат"}});
  const json::object page = ask("братьев", {{"explain", "true"}});
  EXPECT_EQ(json::serialize(page.at("items").at(0).at("explain")),
            R"({"rank":"title_forms","words":[{"word":"братьев","matched_by":"form","in":"title"}]})");
  EXPECT_FALSE(ask("братьев").at("items").at(0).as_object().contains("explain"));
}

// A word that is typed already is not the one that is being typed.
TEST_P(TextSearch, WantsAWordForEachWord) {
  enter({{"The Matrix", 1999}, {"The Terminator", 1984}, {"The The", 2010}});
  EXPECT_THAT(ids("the t"), ElementsAre(2));
  EXPECT_EQ(ids("the the").front(), 3);
}

TEST_P(TextSearch, SuggestsAsOneTypes) {
  enter({{"Матрица", 1999, "The Matrix"}, {"Матрица времени", 2017}, {"Мать", 1926}});
  const std::string body = suggest_movies(*catalogue_.snapshot(), {"матри", 2, false});
  const json::value suggestions = json::parse(body);
  EXPECT_EQ(suggestions.at("items").as_array().size(), 2U);
  EXPECT_EQ(json::serialize(suggestions.at("items").at(0)),
            R"({"id":1,"title":"Матрица","original_title":"The Matrix","year":1999,"thumbnail_url":null,)"
            R"("highlight":{"title":[[0,7]]}})");
}

INSTANTIATE_TEST_SUITE_P(DeltaAndSegment, TextSearch, ::testing::Bool());

TEST(Highlighter, CountsInUtf16AndKeepsCompoundsWhole) {
  const TextQuery query = parse_text_query("spiderman 2");
  EXPECT_THAT(Highlighter(query).ranges("👻 Spider-Man 2"), ElementsAre(TextRange{3, 10}, TextRange{14, 1}));
}

}  // namespace
}  // namespace filmoteka::metadata
