/// Random writes into a real SQLite store, random questions: the catalogue in memory answers as SQL does on
/// the same file.
#include <filmoteka/domain/text.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/random_query.hpp>
#include <metadata/testing/sqlite_place.hpp>

#include <map>
#include <memory>

namespace filmoteka::metadata {
namespace {

using testing::Random;

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result.append(c == '\'' ? 2 : 1, c);
  return result + "'";
}

std::string comparable_genre(const std::string& genre) {
  const std::string folded = domain::fold(genre);
  return folded.empty() ? genre : folded;
}

std::string hex(const std::string& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string result;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    (result += kDigits[byte >> 4]) += kDigits[byte & 15];
  }
  return result;
}

/// The text of a question in SQL, over the view `films` of SqlAnswers.
class Where {
 public:
  explicit Where(const ListQuery& query) {
    if (!query.include_inactive) add("is_active");
    if (!query.genres.empty()) add(has_genre(query.genres));
    if (!query.genres_not.empty()) add("NOT " + has_genre(query.genres_not));
    if (query.year) add("year = " + std::to_string(*query.year));
    add("year", query.years);
    add("rating", query.rating);
    add("duration_seconds", query.duration);
    if (query.views_from) add("shown_views >= " + std::to_string(*query.views_from));
    if (query.added.from) add("added_at >= " + milliseconds(*query.added.from));
    if (query.added.to) add("added_at <= " + milliseconds(*query.added.to));
    if (query.age_rating_to) add("age_rating <= " + std::to_string(*query.age_rating_to));
    if (query.source) add("source = " + quoted(*query.source));
    if (query.has_image) {
      add(std::string(*query.has_image ? "" : "NOT ") +
          "(image_url IS NOT NULL OR thumbnail_url IS NOT NULL)");
    }
  }
  const std::string& text() const { return text_; }

 private:
  void add(const std::string& condition) { text_ += " AND (" + condition + ")"; }
  template <class T>
  void add(const std::string& column, const Range<T>& range) {
    if (range.from) add(column + " >= " + std::to_string(*range.from));
    if (range.to) add(column + " <= " + std::to_string(*range.to));
  }
  static std::string milliseconds(Timestamp time) {
    return std::to_string(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
  }
  static std::string has_genre(const std::vector<std::string>& genres) {
    std::string wanted;
    for (const std::string& genre : genres) {
      (wanted += wanted.empty() ? "" : ", ") += quoted(comparable_genre(genre));
    }
    return "id IN (SELECT film FROM film_genres WHERE folded IN (" + wanted + "))";
  }

  std::string text_ = "true";
};

std::string order_by(SortOrder order) {
  static constexpr const char* kColumns[] = {"shown_views", "rating",    "year",
                                             "added_at",    "title_key", "duration_seconds"};
  const std::string column = kColumns[static_cast<std::size_t>(order.key)];
  return column + " IS NULL, " + column + (order.descending ? " DESC" : " ASC") + ", id";
}

ListQuery without_own_filter(ListQuery query, Facet facet) {
  const Dimension own = dimension_of(facet);
  if (own == Dimension::kGenre) query.genres.clear();
  if (own == Dimension::kYear) query.year.reset(), query.years = {};
  if (own == Dimension::kRating) query.rating = {};
  if (own == Dimension::kDuration) query.duration = {};
  if (own == Dimension::kSource) query.source.reset();
  if (own == Dimension::kAgeRating) query.age_rating_to.reset();
  return query;
}

using Counts = std::map<std::string, std::int64_t>;

/// A second connection to the store's file.
class SqlAnswers {
 public:
  explicit SqlAnswers(const std::filesystem::path& file) : database_(sql::Database::open(file).value()) {
    run("CREATE TEMP TABLE spellings (spelling TEXT PRIMARY KEY, folded TEXT)");
    run("CREATE TEMP TABLE title_keys (title TEXT PRIMARY KEY, title_key TEXT)");
    run("CREATE TEMP VIEW film_genres AS SELECT m.id AS film, s.folded FROM movies m, json_each(m.genres) g"
        " JOIN spellings s ON s.spelling = g.value");
    run("CREATE TEMP VIEW films AS SELECT m.*, m.views + coalesce(v.views, 0) AS shown_views, t.title_key"
        " FROM movies m LEFT JOIN local_views v ON v.movie_id = m.id JOIN title_keys t ON t.title = m.title");
  }

  /// What SQL cannot do by itself: folding and collation of the texts that are there.
  void prepare() {
    fill("SELECT DISTINCT g.value FROM movies, json_each(genres) g",
         "INSERT OR IGNORE INTO spellings VALUES (?1, ?2)", comparable_genre);
    fill("SELECT DISTINCT title FROM movies", "INSERT OR IGNORE INTO title_keys VALUES (?1, ?2)",
         [](const std::string& title) { return hex(domain::collation_key(title)); });
  }

  std::vector<std::int64_t> ids(const ListQuery& query) {
    std::vector<std::int64_t> found;
    each("SELECT id FROM films WHERE " + Where(query).text() + " ORDER BY " + order_by(query.sort.order),
         [&](const sql::Statement& row) { found.push_back(row.get<std::int64_t>(0)); });
    return found;
  }

  Counts facet(Facet facet, const ListQuery& query) {
    static constexpr const char* kValues[] = {"folded",
                                              "year",
                                              "year / 10 * 10",
                                              "min(rating / 10, 9)",
                                              "min(duration_seconds / 1800, 5) * 1800",
                                              "source",
                                              "age_rating"};
    const std::string value = kValues[static_cast<std::size_t>(facet)];
    const std::string genres = " JOIN film_genres ON film = id";
    Counts counts;
    each("SELECT " + value + " AS value, count(DISTINCT id) FROM films" +
             (facet == Facet::kGenre ? genres : "") + " WHERE " +
             Where(without_own_filter(query, facet)).text() + " AND " + value + " IS NOT NULL GROUP BY 1",
         [&](const sql::Statement& row) { counts[row.get<std::string>(0)] = row.get<std::int64_t>(1); });
    return counts;
  }

 private:
  void run(std::string_view sql) { ASSERT_TRUE(database_.execute(sql).has_value()) << sql; }
  template <class Function>
  void each(const std::string& sql, Function function) {
    sql::Statement statement = database_.prepare(sql).value();
    while (statement.step().value()) function(statement);
  }
  template <class Function>
  void fill(const std::string& from, const std::string& into, Function make) {
    sql::Statement insert = database_.prepare(into).value();
    each(from, [&](const sql::Statement& row) {
      const auto text = row.get<std::string>(0);
      const std::string made = make(text);
      insert.bind(text, made).run().value();
    });
  }

  sql::Database database_;
};

/// A store and the catalogue that follows it.
class Pair {
 public:
  explicit Pair(std::uint64_t seed) : random(seed), films_(seed, testing::FilmMix::kCrowded) {}

  void step() {
    place_.clock.advance(std::chrono::milliseconds(1));
    switch (random.below(8)) {
      case 0:
        catalogue->merge();
        break;
      case 1:
        edit();
        break;
      case 2:
        view();
        break;
      case 3:
        reload();
        break;
      default:
        upsert();
    }
    catalogue->refresh_views_order();
  }

  std::filesystem::path file() const { return folder_ / "metadata.db"; }
  Random random;
  std::unique_ptr<Catalogue> catalogue = std::make_unique<Catalogue>();

 private:
  void write(const Write& write) {
    const Result<Commit> commit = place_.write(write);
    if (commit.has_value()) catalogue->apply(commit->changes);
  }
  void upsert() {
    std::vector<domain::MovieFacts> rows;
    for (std::size_t left = 1 + random.skewed(60); left > 0; --left) {
      const domain::MovieId id = random.chance(60) ? ++last_ : random.between(1, last_ + 1);
      rows.push_back(films_.film(id, random.between(1, 1'000'000)).facts);
    }
    write(UpsertMovies{rows});
  }
  void edit() {
    for (int i = 0; i < 10; ++i) {
      const domain::MovieId id = random.between(1, last_ + 1);
      switch (random.below(4)) {
        case 0:
          write(DeleteMovie{id, std::nullopt});
          break;
        case 1:
          write(MergeMovies{id, std::nullopt, random.between(1, last_ + 1)});
          break;
        default:
          write(PatchMovie{id, std::nullopt, R"({"rating":7.5,"genres":["Чёрная комедия"],"year":null})"});
      }
    }
  }
  void view() {
    std::map<domain::MovieId, std::int64_t> more;
    for (int i = 0; i < 10; ++i) more[random.between(1, last_ + 1)] = random.between(1, 5);
    std::vector<FilmViews> views;
    for (const auto& [id, count] : more) views.push_back({id, count});
    catalogue->set_views(place_.run([&] { return place_.store().add_views(views); }).value().views);
  }
  void reload() {
    SegmentBuilder builder;
    for (const domain::Movie& movie : place_.all()) builder.add(movie);
    catalogue = std::make_unique<Catalogue>();
    catalogue->load(std::move(builder), 1);
  }

  filmoteka::testing::TemporaryFolder folder_;
  testing::OpenStorePlace place_{testing::sqlite_kind(file())};
  testing::FilmGenerator films_;
  domain::MovieId last_ = 0;
};

Counts counts_in(const boost::json::value& body, Facet facet) {
  Counts counts;
  for (const boost::json::value& item :
       body.at("facets").at(kFacetNames[static_cast<std::size_t>(facet)]).as_array()) {
    const boost::json::value& value = item.at("value");
    const std::string text =
        value.is_string() ? std::string(value.as_string()) : std::to_string(value.as_int64());
    counts[facet == Facet::kGenre ? comparable_genre(text) : text] = item.at("count").as_int64();
  }
  return counts;
}

void check(Pair& pair, SqlAnswers& sql, const ListQuery& query) {
  SCOPED_TRACE("?" + to_query_string(query));
  const auto all = sql.ids(query);
  const ListResult result = list_movies(*pair.catalogue->snapshot(), query);
  const boost::json::value body = boost::json::parse(result.body);
  std::vector<std::int64_t> expected;
  for (std::size_t i = std::size_t{query.page - 1} * query.per_page;
       i < all.size() && expected.size() < query.per_page; ++i) {
    expected.push_back(all[i]);
  }
  std::vector<std::int64_t> shown;
  for (const boost::json::value& item : body.at("items").as_array())
    shown.push_back(item.at("id").as_int64());
  ASSERT_EQ(shown, expected);
  ASSERT_EQ(body.at("page").at("total").as_int64(), static_cast<std::int64_t>(all.size()));
  for (std::size_t i = 0; i < kFacets; ++i) {
    const auto facet = static_cast<Facet>(i);
    if ((query.facets & bit(facet)) == 0) continue;
    ASSERT_EQ(counts_in(body, facet), sql.facet(facet, query)) << kFacetNames[i];
  }
}

class SqlAnswersProperty : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(SqlAnswersProperty, the_catalogue_answers_as_sql_does) {
  Pair pair(GetParam());
  SqlAnswers sql(pair.file());
  for (int step = 0; step < 30; ++step) {
    pair.step();
    sql.prepare();
    for (int i = 0; i < 8; ++i) {
      ListQuery query = testing::random_query(pair.random);
      query.q.clear();  // searching by words is the oracle's
      query.sort.by_relevance = false;
      query.fields = 0;
      query.count = true;
      ASSERT_NO_FATAL_FAILURE(check(pair, sql, query));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SqlAnswersProperty, ::testing::Range(std::uint64_t{1}, std::uint64_t{7}));

}  // namespace
}  // namespace filmoteka::metadata
