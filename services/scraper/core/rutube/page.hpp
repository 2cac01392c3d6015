/// One page of a list of the Rutube API, and where the next one is.
#pragma once

#include <filmoteka/base/result.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::scraper::rutube {

struct Page {
  boost::json::array rows;
  std::optional<std::string>
      next;  ///< as the page says, only if another page is promised and this one has rows
};

/// A page object {has_next, next, results}, a bare array, or a single video object (one row). kNotFound for
/// {"detail": …}, with its text; kCorrupt for any other JSON, and for what is no JSON.
Result<Page> parse_page(std::string_view body);

/// The address of the next page: `next` verbatim; a relative one is resolved against `page_url`. An absolute
/// one keeps its path and query but is asked of the origin of `base_url`, if it names that or rutube.ru: a
/// local server that plays back real answers is not left. nullopt for any other origin.
std::optional<std::string> next_url(std::string_view next, std::string_view page_url,
                                    std::string_view base_url);

}  // namespace filmoteka::scraper::rutube
