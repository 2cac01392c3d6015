/// The steps of a mapping expression, each a plain function from value to value. A step that a value has no
/// use for leaves it as it is; the normaliser says what is wrong with it.
#pragma once

#include <boost/json/value.hpp>
#include <scraper/core/source/path.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace filmoteka::scraper::steps {

/// Of each element of a list the value at `path`; elements without one are left out. Null for what is no
/// list.
boost::json::value each(const boost::json::value& list, const Path& path);
/// Text → list; the parts trimmed, the empty ones left out. A list has each of its texts split.
boost::json::value split_text(const boost::json::value& value, std::string_view separator);
boost::json::value join_list(const boost::json::value& value, std::string_view separator);
/// Windows-1252 bytes that were read as Mac Roman are read anew, in each text of the value.
boost::json::value repair_mac_roman(boost::json::value value);
/// What is not listed becomes null; in lists it is left out.
boost::json::value map_value(const boost::json::value& value,
                             const std::map<std::string, boost::json::value, std::less<>>& table);
boost::json::value multiply(boost::json::value value, double factor);
/// A number of units of `seconds` each → whole seconds.
boost::json::value to_seconds(boost::json::value value, double seconds);
/// A year, alone or in a date, that is later than `latest` is taken for one a century too late.
boost::json::value not_after(boost::json::value value, std::int64_t latest);

}  // namespace filmoteka::scraper::steps
