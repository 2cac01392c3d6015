/// The definitions that come with the product, on items as their sources send them.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/source/filter.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

std::string read_file(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

SourceDefinition shipped(const std::string& name) {
  const std::filesystem::path folder = FILMOTEKA_SOURCE_DIR "/sources";
  return parse_source_definition(read_file(folder / (name + ".yaml")), name).value();
}

RawFilm mapped(const Mapping& mapping, const json::value& item, const json::object& context = {}) {
  Record record;
  record.json = &item;
  record.context = &context;
  return mapping.apply(record);
}

/// The reason of the first rule that rejects the item, or "".
std::string skipped(const WebSource& source, const json::value& item) {
  json::object context;
  context["field"] = mapped(source.mapping, item);
  Record record;
  record.json = &item;
  record.context = &context;
  for (const SkipRule& rule : source.skip) {
    if (rule.condition.holds(record)) return rule.reason;
  }
  return {};
}

TEST(ShippedDefinitions, are_all_accepted) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(FILMOTEKA_SOURCE_DIR "/sources")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto result = parse_source_definition(read_file(entry.path()), entry.path().filename().string());
    ASSERT_TRUE(result.has_value()) << result.error().message;
    EXPECT_EQ(result->name, entry.path().stem().string());
    EXPECT_TRUE(result->obey_robots) << result->name;
    const bool runs_by_itself = result->web() != nullptr && result->enabled;
    EXPECT_EQ(runs_by_itself, result->name == "rutube-films") << result->name;
    ++files;
  }
  EXPECT_EQ(files, 10U);
}

TEST(ShippedDefinitions, and_the_editors_schema_know_the_same_words) {
  const std::string schema = read_file(FILMOTEKA_SOURCE_DIR "/sources/source.schema.json");
  const json::value parsed = json::parse(schema);
  const json::object& definitions = parsed.at("$defs").as_object();
  for (const std::string_view name : filter_names()) {
    const std::string quoted = "\"" + std::string(name) + "\"";
    EXPECT_NE(json::serialize(definitions.at("filter")).find(quoted), std::string::npos) << name;
  }
  const json::object& fields = definitions.at("fields").at("properties").as_object();
  for (const std::string_view field : film_fields()) EXPECT_TRUE(fields.contains(field)) << field;
  EXPECT_EQ(fields.size(), film_fields().size());
}

/// A long video of category 4, with `changes` on top.
json::value video(std::string_view changes = "{}") {
  json::object object = json::parse(R"j({
    "id":"0123456789abcdef0123456789abcdef","title":"Солярис / Solaris (1972)\t","hits":166723925,"duration":10020,
    "thumbnail_url":"https://pic.example.org/a.jpg","picture_url":"","publication_ts":"2024-04-13T16:08:34",
    "created_ts":"2024-04-10T10:37:25","category":{"id":4,"name":"Фильмы"},"pg_rating":{"age":12},
    "action_reason":{"id":0,"name":""},"is_paid":false,"is_deleted":false,"genres":"https://rutube.ru/x"})j")
                            .as_object();
  const json::value parsed = json::parse(changes);
  for (const auto& [key, value] : parsed.as_object()) object[key] = value;
  return object;
}

TEST(RutubeFilms, reads_a_video_field_by_field) {
  const SourceDefinition source = shipped("rutube-films");
  const RawFilm film = mapped(source.web()->mapping, video());
  EXPECT_EQ(film.at("views"), 166'723'925);
  EXPECT_EQ(film.at("duration"), 10'020);
  EXPECT_EQ(film.at("added_at"), "2024-04-13T16:08:34");
  EXPECT_EQ(film.at("source_id"), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(film.at("source_url"), "https://rutube.ru/video/0123456789abcdef0123456789abcdef/");
  EXPECT_EQ(film.at("thumbnail_url"), "https://pic.example.org/a.jpg");
  EXPECT_EQ(film.at("image_url"), "https://pic.example.org/a.jpg");
  EXPECT_EQ(film.at("age_rating"), 12);
  EXPECT_FALSE(film.contains("genres"));
  EXPECT_FALSE(film.contains("is_active"));
}

TEST(RutubeFilms, reads_the_quirks_of_other_years) {
  const SourceDefinition source = shipped("rutube-films");
  const RawFilm film = mapped(
      source.web()->mapping,
      video(
          R"j({"publication_ts":null,"pg_rating":null,"is_adult":true,"is_locked":true,"genres":[{"id":1,"name":"драма"}],
                 "id":17,"video_url":"https://rutube.ru/video/0123456789ABCDEF0123456789abcdef/?x=1"})j"));
  EXPECT_EQ(film.at("added_at"), "2024-04-10T10:37:25");
  EXPECT_EQ(film.at("age_rating"), 18);
  EXPECT_EQ(film.at("is_active"), false);
  EXPECT_EQ(film.at("genres"), (json::array{"драма"}));
  EXPECT_EQ(film.at("source_id"), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(film.at("source_url"), "https://rutube.ru/video/0123456789abcdef0123456789abcdef/");
}

TEST(RutubeFilms, skips_what_is_no_film) {
  const SourceDefinition source = shipped("rutube-films");
  const auto reason = [&](std::string_view changes) {
    return skipped(*source.web(), video(changes));
  };
  EXPECT_EQ(reason("{}"), "");
  EXPECT_EQ(reason(R"j({"season":0,"episode":0})j"), "");
  EXPECT_EQ(reason(R"j({"category":null})j"), "");
  EXPECT_EQ(reason(R"j({"is_serial":true})j"), "episode");
  EXPECT_EQ(reason(R"j({"season":0,"episode":176})j"), "episode");
  EXPECT_EQ(reason(R"j({"type":{"id":2,"name":"episode"}})j"), "episode");
  EXPECT_EQ(reason(R"j({"duration":0})j"), "no_duration");
  EXPECT_EQ(reason(R"j({"duration":null})j"), "no_duration");
  EXPECT_EQ(reason(R"j({"duration":98})j"), "too_short");
  EXPECT_EQ(reason(R"j({"duration":99999})j"), "too_long");
  EXPECT_EQ(reason(R"j({"category":{"id":16,"name":"Спорт"}})j"), "other_category");
  EXPECT_EQ(reason(R"j({"is_livestream":true})j"), "livestream");
  EXPECT_EQ(reason(R"j({"is_audio":true})j"), "audio");
  EXPECT_EQ(reason(R"j({"id":"17"})j"), "no_id");
  // What Rutube itself calls a film may be short and anywhere.
  EXPECT_EQ(reason(R"j({"duration":1200,"type":{"id":1,"name":"movie"},"category":{"id":41}})j"), "");
}

json::value card(std::string_view type, std::string_view address) {
  json::object object =
      json::parse(R"j({"name":"Трон теней / Throne of Shadows (2016)","original_title":"","age":"6+",
    "genres":[{"id":1,"name":"фэнтези"}],"countries":["Китай"],"year_start":"2016",
    "picture":"https://pic.example.org/p.jpg","description":"Сказка"})j")
          .as_object();
  object["type"] = json::object{{"id", 1}, {"name", type}};
  object["absolute_url"] = address;
  return object;
}

TEST(RutubeFilmLists, reads_cards_bare_and_wrapped) {
  const SourceDefinition source = shipped("rutube-film-lists");
  const json::value bare = card("movie", "https://rutube.ru/video/0123456789abcdef0123456789abcdef/");
  const json::value wrapped =
      json::object{{"id", 7}, {"content_type", json::object{}}, {"object_id", 5}, {"object", bare}};
  const RawFilm film = mapped(source.web()->mapping, bare);
  EXPECT_EQ(film, mapped(source.web()->mapping, wrapped));
  EXPECT_EQ(film.at("source_id"), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(film.at("year"), "2016");
  EXPECT_EQ(film.at("genres"), (json::array{"фэнтези"}));
  EXPECT_EQ(film.at("image_url"), "https://pic.example.org/p.jpg");
  EXPECT_EQ(skipped(*source.web(), wrapped), "");
}

TEST(RutubeFilmLists, skips_cards_of_anything_else) {
  const SourceDefinition source = shipped("rutube-film-lists");
  EXPECT_EQ(skipped(*source.web(), card("series", "https://rutube.ru/metainfo/tv/10475/")), "series");
  EXPECT_EQ(skipped(*source.web(), card("show", "https://rutube.ru/metainfo/tv/10475/")), "not_a_film_card");
  EXPECT_EQ(skipped(*source.web(), card("movie", "https://rutube.ru/metainfo/tv/10475/")), "no_id");
  EXPECT_EQ(skipped(*source.web(), json::object{{"name", "x"}, {"type", nullptr}}), "not_a_film_card");
}

TEST(RutubeRss, reads_the_json_of_its_ids) {
  const SourceDefinition source = shipped("rutube-rss");
  const json::value item = json::parse(
      R"j({"title":"Дом у моря (2020)","link":"https://rutube.ru/video/0123456789abcdef0123456789abcdef/",
    "id_json":{"video_id":"0123456789abcdef0123456789abcdef","duration":5251},"published":"Tue, 03 Sep 2024 04:05:58 +0000"})j");
  const RawFilm film = mapped(source.web()->mapping, item);
  EXPECT_EQ(film.at("source_id"), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(film.at("duration"), 5'251);
  EXPECT_EQ(skipped(*source.web(), item), "");
}

TEST(InternetArchive, reads_fields_that_are_texts_or_lists) {
  const SourceDefinition source = shipped("internet-archive");
  const json::value plain =
      json::parse(R"j({"identifier":"night","title":"Night (1968)","year":1968,"downloads":1200,
    "description":"<p>A film.</p>","subject":"Horror; zombies","runtime":"1:36:00","publicdate":"2007-01-02T03:04:05Z"})j");
  const json::value lists =
      json::parse(R"j({"identifier":"day","title":["Day","Tag"],"date":"1931-05-01","downloads":"77",
    "description":["One.","Two."],"subject":["drama","cats"]})j");
  const RawFilm first = mapped(source.web()->mapping, plain);
  EXPECT_EQ(first.at("genres"), (json::array{"horror"}));
  EXPECT_EQ(first.at("duration"), 5'760);
  EXPECT_EQ(first.at("year"), 1'968);
  EXPECT_EQ(first.at("description"), "A film.");
  EXPECT_EQ(first.at("source_url"), "https://archive.org/details/night");
  const RawFilm second = mapped(source.web()->mapping, lists);
  EXPECT_EQ(second.at("title"), "Day");
  EXPECT_EQ(second.at("year"), 1'931);
  EXPECT_EQ(second.at("views"), 77);
  EXPECT_EQ(second.at("description"), "One.\nTwo.");
}

TEST(Wikidata, reads_a_binding_and_its_summary) {
  const SourceDefinition source = shipped("wikidata");
  const json::value row =
      json::parse(R"j({"film":{"type":"uri","value":"http://www.wikidata.org/entity/Q166214"},
    "ruLabel":{"value":"Солярис"},"enLabel":{"value":"Solaris"},"length":{"value":"166"},"imdb":{"value":"tt0069293"},
    "genres":{"value":"фантастический фильм|драма"},"countries":{"value":"СССР"},"page":{"value":"Солярис (фильм, 1972)"}})j");
  const RawFilm film = mapped(source.web()->mapping, row, {{"list", "1972"}});
  EXPECT_EQ(film.at("source_id"), "Q166214");
  EXPECT_EQ(film.at("year"), "1972");
  EXPECT_EQ(film.at("duration"), 9'960);
  EXPECT_EQ(film.at("original_title"), "Solaris");
  EXPECT_EQ(film.at("genres"), (json::array{"фантастический", "драма"}));
  EXPECT_EQ(film.at("aliases"), "Solaris");
  EXPECT_EQ(json::serialize(film.at("ids")), R"({"imdb":"tt0069293","wikidata":"Q166214"})");
  Record record;
  record.json = &row;
  EXPECT_EQ(source.web()->details->request.url.fill(record),
            "https://ru.wikipedia.org/api/rest_v1/page/summary/"
            "%D0%A1%D0%BE%D0%BB%D1%8F%D1%80%D0%B8%D1%81%20(%D1%84%D0%B8%D0%BB%D1%8C%D0%BC,%201972)");
}

TEST(Wikidata, asks_for_the_films_of_a_year) {
  const SourceDefinition source = shipped("wikidata");
  EXPECT_EQ(source.web()->request.lists.front(), "2026");
  const json::value walk = json::object{{"list", "1972"}};
  Record record;
  record.json = &walk;
  const auto& query = source.web()->request.query.back();
  EXPECT_EQ(query.first, "query");
  const std::string text = query.second.fill(record).value_or("");
  EXPECT_NE(text.find("?date >= \"1972-01-01T00:00:00Z\""), std::string::npos) << text;
  EXPECT_NE(text.find("WHERE {\n"), std::string::npos) << text;
}

TEST(SchemaOrg, reads_what_a_page_says_of_its_film) {
  const SourceDefinition source = shipped("schema-org");
  const json::value film =
      json::parse(R"j({"type":"Movie","title":"Брат","published":"1997-05-17","rating":"4.1",
    "best_rating":"5","image":"/i/1.jpg","same_as":["https://a.example/","https://www.imdb.com/title/tt0118767/"]})j");
  const RawFilm read =
      mapped(source.web()->details->mapping, film, {{"url", "https://films.example.org/film/brat"}});
  EXPECT_EQ(read.at("year"), 1'997);
  EXPECT_EQ(read.at("rating"), "4.1/5");
  EXPECT_EQ(read.at("image_url"), "https://films.example.org/i/1.jpg");
  EXPECT_EQ(json::serialize(read.at("ids")), R"({"imdb":"tt0118767"})");
  const json::value entry = json::parse(R"j({"loc":"https://films.example.org/film/brat/"})j");
  EXPECT_EQ(mapped(source.web()->mapping, entry).at("source_id"), "film/brat");
  EXPECT_EQ(skipped(*source.web(), entry), "");
  EXPECT_EQ(skipped(*source.web(), json::parse(R"j({"loc":"https://films.example.org/about"})j")),
            "another_page");
}

TEST(DocumentedExamples, are_accepted_and_short) {
  const std::string text = read_file(FILMOTEKA_SOURCE_DIR "/docs/sources.md");
  const std::string fence = "```yaml\n";
  std::size_t definitions = 0;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at + 1)) {
    const std::size_t start = at + fence.size();
    const std::string block = text.substr(start, text.find("```", start) - start);
    if (block.find("name:") == std::string::npos) continue;
    const auto result = parse_source_definition(block, "docs/sources.md");
    EXPECT_TRUE(result.has_value()) << result.error().message;
    EXPECT_LE(std::count(block.begin(), block.end(), '\n'), 40);
    ++definitions;
  }
  EXPECT_GE(definitions, 1U);
}

}  // namespace
}  // namespace filmoteka::scraper
