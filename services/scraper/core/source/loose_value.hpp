/// JSON values as sources write them: numbers as text, text as numbers, "" for nothing.
#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// null, white space only, an empty list or object.
bool is_empty(const boost::json::value& value);

/// Text as it is; numbers and booleans written out (1776, 7.5, true); nullopt for lists, objects and null.
std::optional<std::string> scalar_text(const boost::json::value& value);

/// A number, or text that is nothing but one (a decimal comma is taken too).
std::optional<double> number_of(const boost::json::value& value);

}  // namespace filmoteka::scraper
