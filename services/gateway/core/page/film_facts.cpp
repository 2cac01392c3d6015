#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gateway/core/page/film_facts.hpp>

#include <algorithm>
#include <cctype>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;

std::int64_t number_of(const json::object& object, std::string_view name, std::int64_t absent = 0) {
  const json::value* value = object.if_contains(name);
  const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
  return number == nullptr ? absent : *number;
}

std::vector<std::string> texts_of(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return texts;
  for (const json::value& item : value->get_array()) {
    if (item.is_string() && !item.get_string().empty()) texts.emplace_back(item.get_string());
  }
  return texts;
}

bool is_web_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://");
}

/// `begin` and then digits: what an address can be made of.
bool is_id(std::string_view text, std::string_view begin) {
  if (!text.starts_with(begin) || text.size() == begin.size()) return false;
  return std::ranges::all_of(text.substr(begin.size()), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string picture_of(const json::object& film) {
  for (const char* name : {"image_url", "thumbnail_url"}) {
    std::string address = text_of(film, name);
    if (!address.empty()) return is_web_address(address) ? address : std::string{};
  }
  return {};
}

std::vector<std::string> other_titles_of(const json::object& film, std::string_view title) {
  std::vector<std::string> titles = texts_of(film, "aliases");
  titles.insert(titles.begin(), text_of(film, "original_title"));
  std::vector<std::string> others;
  for (std::string& other : titles) {
    const bool is_new = other != title && std::ranges::find(others, other) == others.end();
    if (!other.empty() && is_new) others.push_back(std::move(other));
  }
  return others;
}

std::vector<std::string> watch_of(const json::object& film) {
  std::vector<std::string> addresses;
  const auto add = [&addresses](std::string address) {
    const bool is_new = std::ranges::find(addresses, address) == addresses.end();
    if (address.starts_with("https://") && is_new) addresses.push_back(std::move(address));
  };
  add(text_of(film, "source_url"));
  const json::value* sources = film.if_contains("sources");
  if (sources == nullptr || !sources->is_array()) return addresses;
  for (const json::value& source : sources->get_array()) {
    if (source.is_object()) add(text_of(source.get_object(), "source_url"));
  }
  return addresses;
}

FilmLink link_to(const json::object& film) {
  return {number_of(film, "id"), text_of(film, "title"), number_of(film, "year")};
}

void read_ids(const json::object& film, FilmFacts& facts) {
  const json::value* ids = film.if_contains("ids");
  if (ids == nullptr || !ids->is_object()) return;
  facts.imdb = text_of(ids->get_object(), "imdb");
  facts.wikidata = text_of(ids->get_object(), "wikidata");
  if (!is_id(facts.imdb, "tt")) facts.imdb.clear();
  if (!is_id(facts.wikidata, "Q")) facts.wikidata.clear();
}

}  // namespace

std::string FilmLink::name() const {
  return year > 0 ? title + " (" + std::to_string(year) + ")" : title;
}

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string{};
}

std::optional<json::object> read_object(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::vector<FilmLink> film_links(const json::object& holder, std::string_view name) {
  std::vector<FilmLink> links;
  const json::value* films = holder.if_contains(name);
  if (films == nullptr || !films->is_array()) return links;
  for (const json::value& film : films->get_array()) {
    if (!film.is_object()) continue;
    FilmLink link = link_to(film.get_object());
    if (link.id > 0 && !link.title.empty()) links.push_back(std::move(link));
  }
  return links;
}

std::optional<FilmFacts> read_film(std::string_view text) {
  const auto film = read_object(text);
  if (!film) return std::nullopt;
  FilmFacts facts;
  facts.film = link_to(*film);
  if (facts.film.id <= 0 || facts.film.title.empty()) return std::nullopt;
  facts.other_titles = other_titles_of(*film, facts.film.title);
  facts.description = text_of(*film, "description");
  facts.image = picture_of(*film);
  facts.genres = texts_of(*film, "genres");
  facts.countries = texts_of(*film, "countries");
  facts.cast = texts_of(*film, "cast");
  facts.duration = number_of(*film, "duration_seconds");
  facts.age_rating = number_of(*film, "age_rating", -1);
  facts.watch = watch_of(*film);
  facts.similar = film_links(*film, "similar");
  read_ids(*film, facts);
  return facts;
}

}  // namespace filmoteka::gateway
