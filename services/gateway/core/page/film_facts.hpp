/// What pages show of films, read from answers of the API. Pure.
#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// A film that a page leads to.
struct FilmLink {
  std::int64_t id = 0;
  std::string title;
  std::int64_t year = 0;  ///< 0: unknown
  /// "Брат (1997)"
  std::string name() const;
};

/// Empty texts and zeros are unknown.
struct FilmFacts {
  FilmLink film;
  std::vector<std::string> other_titles;  ///< the original one first
  std::string description;
  std::string image;  ///< what the page shows; http(s)
  std::vector<std::string> genres;
  std::vector<std::string> countries;
  std::vector<std::string> cast;
  std::int64_t duration = 0;       ///< seconds
  std::int64_t age_rating = -1;    ///< -1: unknown
  std::string imdb;                ///< "tt0118767"
  std::string wikidata;            ///< "Q1133610"
  std::vector<std::string> watch;  ///< https addresses of its pages at the sources
  std::vector<FilmLink> similar;
};

/// nullopt: it is no film.
std::optional<FilmFacts> read_film(std::string_view json);

/// The films of an array of the API that have an id and a title.
std::vector<FilmLink> film_links(const boost::json::object& holder, std::string_view name);

/// The text of a member; empty if there is none.
std::string text_of(const boost::json::object& object, std::string_view name);

/// The object that the text is; nullopt if it is none, or not well-formed.
std::optional<boost::json::object> read_object(std::string_view json);

}  // namespace filmoteka::gateway
