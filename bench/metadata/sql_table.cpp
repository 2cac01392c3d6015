#include "sql_table.hpp"

#include "questions.hpp"

#include <filmoteka/base/time_format.hpp>

#include <metadata/core/testing/film_generator.hpp>

#include <optional>
#include <vector>

namespace filmoteka::bench {
namespace {

constexpr const char* kTable = R"(CREATE TABLE movies (
  id bigint NOT NULL, views bigint NOT NULL, added_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
  revision bigint NOT NULL, duration_seconds integer, year smallint, rating smallint, age_rating smallint,
  source smallint NOT NULL, is_active boolean NOT NULL, genres smallint[] NOT NULL, title text NOT NULL,
  original_title text, image_url text, thumbnail_url text, source_id text NOT NULL, source_url text NOT NULL,
  description text, countries text[] NOT NULL, actors text[] NOT NULL))";

// Partial: lists show active films only. Each order ends with the id, in the direction that lets a keyset be
// one comparison of rows; the one over year and rating holds all that facets count, so that the table is not
// read.
constexpr const char* kIndexes[] = {
    "ALTER TABLE movies ADD PRIMARY KEY (id)",
    "CREATE UNIQUE INDEX movies_source ON movies (source, source_id)",
    "CREATE INDEX movies_views ON movies (views DESC, id DESC) WHERE is_active",
    "CREATE INDEX movies_rating ON movies (rating DESC NULLS LAST, id DESC) WHERE is_active",
    "CREATE INDEX movies_year ON movies (year DESC NULLS LAST, id DESC) WHERE is_active",
    "CREATE INDEX movies_added ON movies (added_at DESC, id DESC) WHERE is_active",
    "CREATE INDEX movies_title ON movies (title, id) WHERE is_active",
    "CREATE INDEX movies_duration ON movies (duration_seconds, id) WHERE is_active",
    "CREATE INDEX movies_genres ON movies USING gin (genres) WITH (fastupdate = off) WHERE is_active",
    "CREATE INDEX movies_facets ON movies (year, rating) INCLUDE (genres, duration_seconds, source, "
    "age_rating) "
    "WHERE is_active"};

void append_text(std::string& line, std::string_view text) {
  for (const char c : text) {
    if (c == '\\') line += '\\';
    if (c == '\n' || c == '\t') {
      line += c == '\n' ? "\\n" : "\\t";
    } else {
      line += c;
    }
  }
}

class Line {
 public:
  explicit Line(std::string& line) : line_(line) {}
  template <class Number>
  void number(Number value) {
    begin();
    line_ += std::to_string(value);
  }
  template <class Number>
  void number(const std::optional<Number>& value) {
    value ? number(*value) : null();
  }
  void text(std::string_view value) {
    begin();
    append_text(line_, value);
  }
  void optional_text(const std::optional<std::string>& value) { value ? text(*value) : null(); }
  void list(const std::vector<std::string>& values) {
    std::string array = "{";
    for (const std::string& value : values) {
      if (array.size() > 1) array += ',';
      array += '"';
      for (const char c : value) {
        if (c == '"' || c == '\\') array += '\\';
        array += c;
      }
      array += '"';
    }
    text(array + "}");
  }

 private:
  void begin() {
    if (!first_) line_ += '\t';
    first_ = false;
  }
  void null() {
    begin();
    line_ += "\\N";
  }

  std::string& line_;
  bool first_ = true;
};

}  // namespace

std::string_view SqlTable::columns() {
  return "id, views, added_at, updated_at, revision, duration_seconds, year, rating, age_rating, source, "
         "is_active, "
         "genres, title, original_title, image_url, thumbnail_url, source_id, source_url, description, "
         "countries, "
         "actors";
}

void SqlTable::append_line(std::string& lines, const domain::Movie& movie) {
  const domain::MovieFacts& facts = movie.facts;
  Line line(lines);
  line.number(movie.id);
  line.number(movie.views());
  line.text(to_rfc3339(movie.added_at));
  line.text(to_rfc3339(movie.updated_at));
  line.number(movie.revision);
  line.number(facts.duration_seconds);
  line.number(facts.year);
  line.number(facts.rating);
  line.number(facts.age_rating);
  line.number(sources_.number(facts.source));
  line.text(facts.is_active ? "t" : "f");
  std::string genres = "{";
  for (const std::string& genre : facts.genres) {
    if (genres.size() > 1) genres += ',';
    genres += std::to_string(genres_.number(genre));
  }
  line.text(genres + "}");
  line.text(facts.title);
  for (const auto* text : {&facts.original_title, &facts.image_url, &facts.thumbnail_url})
    line.optional_text(*text);
  line.text(facts.source_id);
  line.text(facts.source_url);
  line.optional_text(facts.description);
  line.list(facts.countries);
  line.list(facts.cast);
  lines += '\n';
}

void SqlTable::load(SqlConnection& connection, std::int64_t films, const Report& report) {
  const Stopwatch whole;
  const metadata::testing::FilmGenerator generator(kSeed);
  constexpr std::size_t kPiece = 1 << 18;
  // FREEZE, and a table of the same transaction: no log of what can be copied again, and it is visible to
  // all.
  connection.execute("BEGIN");
  connection.execute(kTable);
  connection.begin_copy("COPY movies (" + std::string(columns()) + ") FROM STDIN WITH (FREEZE)");
  std::string lines;
  for (domain::MovieId id = 1; id <= films; ++id) {
    append_line(lines, generator.film(id));
    if (lines.size() >= kPiece) {
      connection.copy(lines);
      lines.clear();
    }
  }
  connection.copy(lines);
  connection.end_copy();
  connection.execute("COMMIT");
  report.progress("making the indexes");
  for (const char* index : kIndexes) connection.execute(index);
  connection.execute("VACUUM (ANALYZE) movies");
  connection.execute("CHECKPOINT");
  report.value("load, indexes and ANALYZE", whole.seconds(), "s");
}

}  // namespace filmoteka::bench
