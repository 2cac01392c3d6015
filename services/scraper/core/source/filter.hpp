/// The filters of an expression: small changes to a value, in the order written. Their vocabulary, one for
/// all kinds of sources, is described in docs/sources.md.
///
/// A filter that is one word is written as that word, any other as an object of one key: `- split: ","`. What
/// works on one value works on each value of a list. A filter that can't read its value makes it null:
/// absent.
#pragma once

#include <filmoteka/config/yaml.hpp>

#include <boost/json/value.hpp>
#include <scraper/core/source/compilation.hpp>
#include <scraper/core/source/record.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// Pure, thread-safe.
using FilterStep = std::function<boost::json::value(boost::json::value, const Record&)>;

struct Filter {
  std::string name;
  FilterStep apply;
  bool on_empty = false;  ///< also asked when there is no value: `default`
};

/// `node` is the list that stands at `place`.
std::vector<Filter> read_filters(const config::YamlNode& node, const std::string& place,
                                 Compilation& compilation);

/// All there are, for messages and for the check of the editors' schema.
std::vector<std::string_view> filter_names();

}  // namespace filmoteka::scraper
