/// Reading of loosely typed members, for video.cpp and card.cpp.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <scraper/core/source/mapping.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::scraper {
struct TitleParts;
}

namespace filmoteka::scraper::rutube {

/// The member's value; null pointer if it is absent, null or empty.
const boost::json::value* member(const boost::json::object& object, std::string_view key);
/// The member's own object; null pointer if it is none.
const boost::json::object* object_member(const boost::json::object& object, std::string_view key);
std::string text_of(const boost::json::object& object, std::string_view key);
bool is_true(const boost::json::object& object, std::string_view key);
std::optional<std::int64_t> count_of(const boost::json::object& object, std::string_view key);

/// Puts the first member that is not empty into `film` as `field`.
void copy_first(const boost::json::object& object, std::initializer_list<std::string_view> keys,
                std::string_view field, RawFilm& film);
/// Title, original title and year.
void put_title(const TitleParts& parts, RawFilm& film);
/// Genres, countries and a year that a description names in lines like "Жанр: драма, комедия".
void put_description(std::string_view description, RawFilm& film);

}  // namespace filmoteka::scraper::rutube
