/// What an expression of a definition looks at: one item of an answer, as JSON or as an element of a page,
/// and where it came from.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/markup/document.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace filmoteka::scraper {

/// Views: what it points at must outlive it. At least one of `json` and `element` is set.
struct Record {
  /// The item of a JSON answer, a feed, a sitemap or structured data; of an HTML page null. Of a request's
  /// templates the values of the walk: {"list", "page", "date", "cursor"}.
  const boost::json::value* json = nullptr;
  /// The item of an HTML or XML page; null otherwise.
  const markup::Element* element = nullptr;
  /// What `$name` in a path or template means, under the names without the sign: "url" (the answer's own
  /// URL), "list", "page", "date" and "cursor" (the values of the request), "item" (in details: the fields
  /// that the list gave), "field" (in conditions: the fields of the film as mapped so far). May be null.
  const boost::json::object* context = nullptr;
  /// When the answer came: what `timeago` counts from.
  Timestamp now{};
};

}  // namespace filmoteka::scraper
