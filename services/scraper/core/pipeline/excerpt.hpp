/// The beginning of a record, fit to be shown and stored.
#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace filmoteka::scraper {

inline constexpr std::size_t kMaxExcerptLength = 300;  ///< characters

/// Valid UTF-8 on one line, cut with "…" at `characters`.
std::string excerpt_of(std::string_view bytes, std::size_t characters = kMaxExcerptLength);
std::string excerpt_of(const boost::json::value& record);

}  // namespace filmoteka::scraper
