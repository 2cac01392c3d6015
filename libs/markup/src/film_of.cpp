#include "xml_children.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/markup/structured_data.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace filmoteka::markup {

namespace {

namespace json = boost::json;

/// "7.3", as short as it can be.
std::string number_text(double number) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

/// The first text in it: of a list its first, of an object its name or address.
std::string text_in(const json::value& value) {
  if (value.is_string()) return std::string(trim(value.get_string()));
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_double()) return number_text(value.get_double());
  if (const auto* list = value.if_array()) return list->empty() ? std::string() : text_in(list->front());
  if (const auto* object = value.if_object())
    for (const auto* key : {"@value", "name", "url", "contentUrl", "@id"})
      if (const auto* inner = object->if_contains(key)) return text_in(*inner);
  return {};
}

json::array texts_in(const json::value& value) {
  json::array texts;
  const auto add = [&texts](const json::value& one) {
    if (auto text = text_in(one); !text.empty()) texts.emplace_back(std::move(text));
  };
  if (const auto* list = value.if_array())
    for (const auto& one : *list) add(one);
  else
    add(value);
  return texts;
}

const json::value* member(const json::object& object, std::initializer_list<std::string_view> path) {
  const json::value* value = nullptr;
  const json::object* here = &object;
  for (const auto key : path) {
    if (here == nullptr) return nullptr;
    value = here->if_contains(key);
    if (value != nullptr && value->is_array() && !value->as_array().empty())
      value = &value->as_array().front();
    here = value == nullptr ? nullptr : value->if_object();
  }
  return value;
}

bool is_of_type(const json::object& object, std::string_view type) {
  const auto* given = object.if_contains("@type");
  if (given == nullptr) return false;
  const auto types = texts_in(*given);
  return std::any_of(types.begin(), types.end(), [type](const auto& one) {
    const std::string_view text = one.as_string();
    return text == type || text.ends_with("/" + std::string(type));
  });
}

/// The one that is described: a list of films has several, and then none is meant.
const json::object* find(const json::object& structured, std::string_view type) {
  for (const auto* where : {"jsonld", "microdata"}) {
    const auto* all = structured.if_contains(where);
    if (all == nullptr) continue;
    for (const auto& one : all->as_array())
      if (is_of_type(one.as_object(), type)) return &one.as_object();
  }
  return nullptr;
}

struct Name {
  std::string_view from;
  std::string_view to;
};
constexpr std::array<Name, 10> kTexts = {{{"name", "title"},
                                          {"headline", "title"},
                                          {"alternativeHeadline", "original_title"},
                                          {"description", "description"},
                                          {"thumbnailUrl", "thumbnail"},
                                          {"url", "url"},
                                          {"datePublished", "published"},
                                          {"uploadDate", "uploaded"},
                                          {"duration", "duration"},
                                          {"contentRating", "age_rating"}}};
constexpr std::array<Name, 7> kLists = {{{"alternateName", "alternate_names"},
                                         {"genre", "genres"},
                                         {"countryOfOrigin", "countries"},
                                         {"actor", "actors"},
                                         {"actors", "actors"},
                                         {"director", "directors"},
                                         {"sameAs", "same_as"}}};

void read_views(const json::object& from, json::object& film) {
  const auto* statistic = member(from, {"interactionStatistic"});
  const auto* object = statistic == nullptr ? nullptr : statistic->if_object();
  if (object != nullptr)
    if (const auto* count = object->if_contains("userInteractionCount")) put(film, "views", text_in(*count));
  if (const auto* count = from.if_contains("interactionCount")) put(film, "views", text_in(*count));
}

void read_schema(const json::object& from, std::string_view type, json::object& film) {
  put(film, "type", std::string(type));
  for (const auto& [key, field] : kTexts)
    if (const auto* value = from.if_contains(key)) put(film, field, text_in(*value));
  for (const auto& [key, field] : kLists) {
    const auto* value = from.if_contains(key);
    if (value == nullptr || film.contains(field)) continue;
    if (auto texts = texts_in(*value); !texts.empty()) film.emplace(field, std::move(texts));
  }
  for (const auto* key : {"image", "primaryImageOfPage"})
    if (const auto* value = member(from, {key})) {
      const auto* address = member(from, {key, "url"});
      put(film, "image", text_in(address != nullptr ? *address : *value));
    }
  if (const auto* year = from.if_contains("dateCreated")) put(film, "published", text_in(*year));
  if (const auto* value = member(from, {"aggregateRating", "ratingValue"}))
    put(film, "rating", text_in(*value));
  if (const auto* value = member(from, {"aggregateRating", "bestRating"}))
    put(film, "best_rating", text_in(*value));
  if (const auto* value = member(from, {"aggregateRating", "ratingCount"}))
    put(film, "votes", text_in(*value));
  read_views(from, film);
}

constexpr std::array<Name, 12> kOpenGraph = {{{"og:title", "title"},
                                              {"og:description", "description"},
                                              {"og:image", "image"},
                                              {"og:url", "url"},
                                              {"og:type", "type"},
                                              {"video:duration", "duration"},
                                              {"og:video:duration", "duration"},
                                              {"video:release_date", "published"},
                                              {"og:video:release_date", "published"},
                                              {"ya:ovs:upload_date", "uploaded"},
                                              {"ya:ovs:views_total", "views"},
                                              {"ya:ovs:original_name", "original_title"}}};

void read_open_graph(const json::object& structured, json::object& film) {
  const auto* graph = structured.if_contains("opengraph");
  if (graph == nullptr) return;
  const auto& tags = graph->as_object();
  for (const auto& [key, field] : kOpenGraph)
    if (const auto* value = tags.if_contains(key)) put(film, field, text_in(*value));
  for (const auto* key : {"ya:ovs:genre", "video:tag", "og:video:tag"})
    if (const auto* value = tags.if_contains(key); value != nullptr && !film.contains("genres"))
      film.emplace("genres", texts_in(*value));
  if (const auto* value = tags.if_contains("video:actor"); value != nullptr && !film.contains("actors"))
    film.emplace("actors", texts_in(*value));
  const auto* adult = tags.if_contains("ya:ovs:adult");
  if (adult != nullptr && text_in(*adult) == "true") put(film, "age_rating", "18+");
}

bool describes_a_video(const json::object& structured) {
  const auto* graph = structured.if_contains("opengraph");
  const auto* type = graph == nullptr ? nullptr : graph->as_object().if_contains("og:type");
  return type != nullptr && text_in(*type).starts_with("video");
}

}  // namespace

json::object film_of(const json::object& structured) {
  json::object film;
  bool is_described = describes_a_video(structured);
  for (const std::string_view type : {"Movie", "VideoObject", "TVEpisode", "TVSeries"}) {
    const auto* found = find(structured, type);
    if (found == nullptr) continue;
    read_schema(*found, type, film);
    is_described = true;
  }
  if (!is_described) return {};
  read_open_graph(structured, film);
  if (const auto* address = structured.if_contains("canonical")) put(film, "url", text_in(*address));
  return film;
}

}  // namespace filmoteka::markup
