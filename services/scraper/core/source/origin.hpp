/// Where an expression gets its value from.
#pragma once

#include <filmoteka/config/yaml.hpp>
#include <filmoteka/markup/document.hpp>

#include <boost/json/value.hpp>
#include <scraper/core/source/compilation.hpp>
#include <scraper/core/source/record.hpp>

#include <functional>
#include <memory>
#include <string>

namespace filmoteka::scraper {

class KeyReader;

/// Pure, thread-safe.
struct Origin {
  std::string name;  ///< for traces: "from title", "css .year"
  std::function<boost::json::value(const Record&)> read;
};

/// A path, or with Reading::kSelectors a CSS selector or a `$path`.
Origin read_plain_origin(const config::YamlNode& node, const std::string& place, Compilation& compilation);

/// A list of expressions: the first that is not empty.
Origin read_alternatives(const config::YamlNode& node, const std::string& place, Compilation& compilation);

/// Exactly one of the keys from, css, xpath, first, template, constant, and what belongs to it. Other keys of
/// the object are left alone.
Origin read_origin(KeyReader& reader, Compilation& compilation);

/// A CSS selector; an object {xpath: …} or {css: …}. Null, and a fault, if it is none.
std::shared_ptr<const markup::Selector> read_selector(const config::YamlNode& node, const std::string& place,
                                                      Compilation& compilation);

}  // namespace filmoteka::scraper
