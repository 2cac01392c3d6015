#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <gateway/core/page/json_ld.hpp>
#include <gateway/core/page/page_head.hpp>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;

constexpr const char* kContext = "https://schema.org";

json::array named(std::string_view type, const std::vector<std::string>& names) {
  json::array things;
  for (const std::string& name : names) things.push_back(json::object{{"@type", type}, {"name", name}});
  return things;
}

json::array texts(const std::vector<std::string>& all) {
  return json::array(all.begin(), all.end());
}

json::array same_as(const FilmFacts& film) {
  json::array same;
  if (!film.imdb.empty()) same.emplace_back("https://www.imdb.com/title/" + film.imdb + "/");
  if (!film.wikidata.empty()) same.emplace_back("https://www.wikidata.org/wiki/" + film.wikidata);
  return same;
}

json::array watch_actions(const FilmFacts& film) {
  json::array actions;
  for (const std::string& address : film.watch) {
    actions.push_back(json::object{{"@type", "WatchAction"}, {"target", address}});
  }
  return actions;
}

/// What is not known is left out.
void add(json::object& object, std::string_view name, json::array values) {
  if (!values.empty()) object[name] = std::move(values);
}
void add(json::object& object, std::string_view name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

std::string amount(std::int64_t number, char unit) {
  return number == 0 ? std::string{} : std::to_string(number) + unit;
}

}  // namespace

std::string iso_duration(std::int64_t seconds) {
  return "PT" + amount(seconds / 3600, 'H') + amount(seconds / 60 % 60, 'M') + amount(seconds % 60, 'S');
}

std::string film_json_ld(const FilmFacts& film, std::string_view site) {
  json::object movie{{"@context", kContext},
                     {"@type", "Movie"},
                     {"name", film.film.title},
                     {"url", std::string(site) + "/films/" + std::to_string(film.film.id)}};
  add(movie, "alternateName", texts(film.other_titles));
  add(movie, "image", film.image);
  add(movie, "description", film.description);
  if (film.film.year > 0) movie["datePublished"] = std::to_string(film.film.year);
  add(movie, "genre", texts(film.genres));
  if (film.duration > 0) movie["duration"] = iso_duration(film.duration);
  add(movie, "countryOfOrigin", named("Country", film.countries));
  add(movie, "actor", named("Person", film.cast));
  if (film.age_rating >= 0) movie["contentRating"] = std::to_string(film.age_rating) + "+";
  add(movie, "sameAs", same_as(film));
  add(movie, "potentialAction", watch_actions(film));
  return json::serialize(movie);
}

std::string site_json_ld(std::string_view site) {
  const std::string base(site);
  const json::object target{{"@type", "EntryPoint"}, {"urlTemplate", base + "/films?q={search_term_string}"}};
  const json::object search{
      {"@type", "SearchAction"}, {"target", target}, {"query-input", "required name=search_term_string"}};
  return json::serialize(json::object{{"@context", kContext},
                                      {"@type", "WebSite"},
                                      {"name", kSiteName},
                                      {"url", base + "/"},
                                      {"potentialAction", search}});
}

}  // namespace filmoteka::gateway
