/// What a page says of itself for machines: JSON-LD and microdata of https://schema.org, OpenGraph
/// (https://ogp.me), the search engines' video tags.
#pragma once

#include <filmoteka/markup/document.hpp>

#include <boost/json/object.hpp>

namespace filmoteka::markup {

/// {"jsonld": [objects; @graph and lists are flattened], "microdata": [{"@type", property: text or object or
/// a list of them}], "opengraph": {"og:title": text, or a list where it is repeated}, "meta": {"description":
/// text}, "title", "canonical"}. JSON-LD with the usual mistakes (comments around it, line breaks in texts, a
/// comma too many) is read; what can't be read is left out.
boost::json::object structured_data(const Document& page);

/// The film (or video) that all of it describes, best source first: a Movie, then a VideoObject or episode,
/// of JSON-LD or microdata, then OpenGraph. {"type", "title", "original_title", "alternate_names": [],
/// "description", "image", "thumbnail", "url", "published", "uploaded", "duration", "rating", "best_rating",
/// "votes", "genres": [], "countries": [], "actors": [], "directors": [], "age_rating", "views", "same_as":
/// []}: texts as they came, absent ones left out; empty if the page describes none. `structured` is from
/// structured_data().
boost::json::object film_of(const boost::json::object& structured);

}  // namespace filmoteka::markup
